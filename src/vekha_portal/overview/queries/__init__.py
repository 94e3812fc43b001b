"""Reads over everything: each module answers the questions of one page."""

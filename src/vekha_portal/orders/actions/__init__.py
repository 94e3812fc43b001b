"""Writes of orders, a module for each thing that is written."""

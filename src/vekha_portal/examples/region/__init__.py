"""The region an empty portal opens with: orders read, a wave in the middle of its year, people in every role.

Everything is done by those people through the same actions as on the pages, one after the other on days of the past half-year.
"""

"""Territories, organisations, schools and programmes: what they are called on a day, under whom they stand, how to find them.

Knows neither people nor roads of work. Rows are never deleted: an organisation is closed, merged or renamed on a day.
"""

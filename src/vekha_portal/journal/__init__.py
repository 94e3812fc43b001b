"""Who did what, when, to which object and why: append-only, hash-chained by region; and the scope every row is read under.

The lowest app with tables: it knows neither people nor organisations as models, only what a caller tells it about them.
"""

"""The tables of this app in time."""

"""Invented data: the region that an empty portal opens with, and a whole country for measuring.

It stands above every app and writes the way people do where that is quick enough (the region), and in bulk where it is not
(the country). No real school, settlement or person is named: names are put together from syllables.
"""

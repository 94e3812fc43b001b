"""The protocol of a check as a printable document: requisites, a summary, the findings with place and basis, signatures.

The same values give the same bytes: the day is an argument, nothing here reads the clock or a file.
"""

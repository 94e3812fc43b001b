"""What is wrong with an order, before an auditor finds it: a catalogue of rules over one order file.

A rule is one file under ``rules/<family>/`` whose docstring is its published page. Rules see a subject (the order, its dates, the
calendar, the packs, perhaps a document to compare with) and give violations; they change nothing and do not know each other.
"""

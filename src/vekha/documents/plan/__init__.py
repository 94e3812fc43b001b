"""An order as a dated plan: one value (:mod:`.model`), and its page, spreadsheet and calendar.

The same order and years give the same bytes: nothing here reads the clock or a file.
"""

"""The rules over a wave, one a file: the docstring is the rule's page, its tables are run as its tests."""

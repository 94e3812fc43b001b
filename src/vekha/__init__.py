"""The engines of Vekha: from a government order to a dated roadmap.

Pure Python values and functions. Nothing here may import Django, read the clock, open a network connection or a database;
time and everything else that changes is an argument.
"""

__version__ = "0.1.0"

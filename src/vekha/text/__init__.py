"""Reading Russian official text: white space, look-alike letters, markup, names, numerals, lemmas.

Everything here is a pure function of its argument and takes linear time on any input. Nothing here knows about orders,
deadlines or files. The dictionary (:mod:`vekha.text.lemmas`) is loaded on first need only.
"""

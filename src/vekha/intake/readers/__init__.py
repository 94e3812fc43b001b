"""One reader per format: the bytes of a file → :class:`vekha.intake.document.Document`, without understanding it.

A reader takes bytes and a source, opens nothing else, and raises only ``UnreadableFile``.
"""

"""Tables of :mod:`vekha_portal.operations`."""

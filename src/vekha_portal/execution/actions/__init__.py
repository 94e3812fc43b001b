"""Writes of execution: verbs by what they change. Each checks the right again, locks, and writes the journal."""

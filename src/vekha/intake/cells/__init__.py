"""What one cell of a roadmap says: responsibles, expected documents, sub-items, abbreviations."""

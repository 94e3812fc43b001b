"""The schema of this app, step by step."""

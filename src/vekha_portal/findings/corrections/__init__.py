"""What can be put right in a draft with one click, because it is certain what was meant; the official still chooses."""

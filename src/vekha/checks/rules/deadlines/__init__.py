"""Rules about the days that are stated, and how they stand to each other."""

"""A whole invented country in the real list of regions: schools, waves of several years, milestones with their history."""

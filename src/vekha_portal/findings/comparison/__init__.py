"""Two roadmaps side by side, and one stage of a programme across regions: pages and spreadsheets."""

"""Two revisions or roadmaps side by side, by the engine that aligns measures; rows in, numbers of rows out."""

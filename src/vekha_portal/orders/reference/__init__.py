"""Reference roadmaps of the packs, to begin a draft from."""

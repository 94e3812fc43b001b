"""The vocabulary every engine speaks: what an order, its roadmaps, measures and indicators are."""

"""Pages of execution by what they show."""

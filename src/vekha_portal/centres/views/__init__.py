"""Pages of waves and of centres' cards."""

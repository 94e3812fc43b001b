"""Rules about the minima of the indicators against each other and their edition."""

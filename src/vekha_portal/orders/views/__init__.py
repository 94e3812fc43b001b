"""Pages of orders, a module for each page."""

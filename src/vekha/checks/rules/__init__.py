"""The rules, one a file; the catalogue lists them, and none imports another."""

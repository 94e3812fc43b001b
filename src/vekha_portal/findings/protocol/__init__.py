"""The printable protocol of the check of an order."""

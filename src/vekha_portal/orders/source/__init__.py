"""An uploaded document as it is: read into an order, shown as it was seen, its pages as pictures; every byte of it is suspect."""

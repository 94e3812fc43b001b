"""From a file to an order: readers → document → grid → stitch → columns → header → build."""

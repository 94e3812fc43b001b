"""Rules about the document itself: columns, numbers, annexes, stamps, wording."""

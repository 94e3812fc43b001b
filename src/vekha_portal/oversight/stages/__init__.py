"""The order of work, as rules over waves know it."""

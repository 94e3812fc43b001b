"""How values of indicators add up over time and over centres, and which of them are below their minimum."""

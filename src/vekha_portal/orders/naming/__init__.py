"""Names as they are written beside people and organisations of the portal."""

"""Rules about acts and projects the order leans on."""

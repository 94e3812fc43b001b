"""Rules about who answers for the measures, and who has read the order."""

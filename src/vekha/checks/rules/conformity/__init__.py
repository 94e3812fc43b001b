"""Rules about what differs from a reference roadmap, a superior act or last year's plan."""

"""What is going on: today, a centre, a region, the country, the workload, search, the door of administrators.

It reads what the apps below keep and writes nothing but its own counts.
"""

"""Files that people hand in: every byte kept once as it came, with its sum; who may read one is said by what it belongs to.

It knows nothing of orders or milestones: they hold a row of it.
"""

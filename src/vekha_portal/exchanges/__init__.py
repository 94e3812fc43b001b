"""Letters out and letters in: pairs of numbers and dates, whose turn it is, and how long everybody has had it.

A letter may be handed in as the proof of a milestone; what the milestone makes of it is decided there.
"""

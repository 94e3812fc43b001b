"""Roadmaps at work: a revision applied to a wave, its milestones with their dates and states.

The waist of the house: whatever is handed in, agreed, trained or photographed above closes milestones here.
"""

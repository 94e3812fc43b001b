"""Waves (programme × region × subsidy year) and the centres they create at schools.

It knows nothing of roadmaps applied to them: milestones stand above.
"""

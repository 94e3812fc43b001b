"""Orders, from an uploaded file to immutable revisions of roadmaps: reading, review, approval, amendment.

It knows nothing of waves and milestones.
"""

"""What the portal looks like: page frames, components and their gallery, pieces of pages for HTMX, charts as SVG.

Imports no other app of the portal, knows no table of the database; what is shown comes as small frozen values.
"""

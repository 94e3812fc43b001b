"""Dated reference data: programmes, reference roadmaps, indicator editions, acts, regions; the user's own beside them.

A pack is one TOML file. Nothing in it is invented: what no source states is absent. Packs hold no forms of the federal
operator and no minima of editions that are not known; users load those.
"""

"""The portal of Vekha: pages, rows, people and files over the engines of :mod:`vekha`.

The engines never import this package; every app of the portal meets them through its ``bridge`` module only.
"""

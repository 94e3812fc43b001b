"""Benchmarks: each module beside this one measures a part of the engines against a floor or a peer, in one run."""

"""People, the roles they hold in organisations for a time, their deputies, how they sign in, and what each may see.

Knows nothing of orders and roadmaps; the apps above ask it for a scope and for `can_<verb>` predicates.
"""

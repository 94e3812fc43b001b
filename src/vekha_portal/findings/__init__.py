"""What is wrong with roadmaps and waves: runs of the rules, their findings, waivers, corrections, comparisons, protocols.

It knows orders and what lies below; rules over waves stand above (`oversight`) and hand their findings in through `actions`.
"""

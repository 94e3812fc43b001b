"""What is wrong with a wave at work: rules over milestones and their evidence, run at night and on request.

It stands above execution, changes nothing there, and hands what it finds to `findings`.
"""

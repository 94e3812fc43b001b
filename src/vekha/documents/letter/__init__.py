"""A draft of an official letter as a document that a person finishes: requisites, addressee, text, signature.

What is unknown stays an empty line to be filled in, never a guess.
"""

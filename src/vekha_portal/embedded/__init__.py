"""The portal on one machine: its own PostgreSQL, the web and job processes beside it, backup, restore and diagnosis.

Imports neither Django nor another app: what needs them runs in a child process.
"""

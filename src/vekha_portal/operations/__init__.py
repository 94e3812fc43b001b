"""What keeps the portal observable: health, request numbers, logs without names, the shared cache's table.

Knows nothing of orders, people or schools, and imports no other app.
"""

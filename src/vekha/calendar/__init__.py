"""Working days of the Russian Federation and the periods officials report on; orders and deadlines are unknown here."""

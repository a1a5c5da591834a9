"""What the numbers should be: the definitions again, in the slowest and plainest Python.

It reads the canonical orders and lines as dicts and shares nothing with the SQL but the definitions: no
next purchase, no scope table, no windows over rows. Shares that decide something are exact fractions.
"""

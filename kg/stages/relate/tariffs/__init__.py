"""Tariffs by imposer, target, goods and rate: `claims` yields them.

`rates` finds percentages, `hosts` whether one is a tariff's; `frames` puts a sentence together from what the other
files say of imposer, goods, date and status, `rows` a line of a table; `context` fills what sentences leave to others.
"""

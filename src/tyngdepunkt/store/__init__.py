"""
What outlives one run.

answers : plans and prices found before, by the content of what was asked
"""

"""
What outlives one run, in SQL: SQLite by default, and for what is shared any database that SQLAlchemy speaks.

answers : plans and prices found before, by the content of what was asked
register : the register of cooperation, with its history
"""

"""
What is kept in SQL: SQLite by default, any database that SQLAlchemy speaks when shared.

register : the register of cooperation, with its history
"""

"""The database. SQLAlchemy is named here and in `migrations/` only."""

"""Database access. SQLAlchemy is named here and in `migrations/` only."""

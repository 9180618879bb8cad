"""Business rules and value types. Pure Python: no library, no I/O, no clock."""

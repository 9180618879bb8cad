"""What Refrain means by its words. Pure Python: no library, no I/O, no clock."""

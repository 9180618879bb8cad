"""Parts of `bench/index_size.py`."""

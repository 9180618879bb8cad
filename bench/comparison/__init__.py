"""Systems that `bench/side_by_side.py` compares, and the load on them."""

"""What `bench/side_by_side.py` compares, and how it is asked."""

"""Attacks on a running service, for `bench/attacks.py`: a file for each kind of attacker."""

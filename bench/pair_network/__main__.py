"""`python -m bench.pair_network DATA` trains the network of the pair model."""

from .train import main

main()

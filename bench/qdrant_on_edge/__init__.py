"""Qdrant's engine out of a wheel (`qdrant-edge-py`), for tests and measurements where no server is to be had."""

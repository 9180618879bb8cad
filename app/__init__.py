"""Refrain: finds out whether something has been said before."""

import os

# NumPy's products here are small. Spread over threads, which then wait for each other, they took half of a check's
# processor time (docs/performance.md). Read when NumPy is first imported; whoever sets it otherwise keeps that.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

"""Finding candidates: embedders, engines, snapshots. Knows nothing of `app` and is usable alone."""

"""Retrieval: embedders, engines, text processing, alignment. Knows nothing of `app` and is usable alone."""

import os

# Libraries that report on their use: switched off before any of them is imported (docs/decisions/0016-no-telemetry.md).
# ONNX Runtime reads its variable once, when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

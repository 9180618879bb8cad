"""Serves a data folder with an encoder that fails or hangs while a file says so: `broken_encoder.py FAULT_FILE`."""

import os
import sys
import time
from pathlib import Path

import uvicorn

from app.main import create_app
from app.services.health import encoder_guard
from app.settings import load_settings
from app.wiring import build
from index.embedders.hashing import HashingEmbedder

FAULT = Path(sys.argv[1])


class BrokenEmbedder(HashingEmbedder):
    def embed(self, texts, progress=None):
        fault = FAULT.read_text() if FAULT.exists() else ""
        if fault == "fail":
            raise RuntimeError(f"cannot embed {texts[0]}")
        while fault == "hang" and FAULT.exists():
            time.sleep(0.05)
        return super().embed(texts, progress)


if __name__ == "__main__":
    encoder_guard.HANGS_AFTER_S = 1.0
    settings = load_settings()
    services = build(settings, embedder=BrokenEmbedder())
    uvicorn.run(create_app(services, settings), port=int(os.environ["PORT"]), log_level="warning", access_log=False)

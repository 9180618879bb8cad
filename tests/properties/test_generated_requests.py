"""The running service against requests that Schemathesis makes of its OpenAPI document; `make fuzz` sends thousands."""

import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).resolve().parents[2] / "bench" / "fuzz.py"


def test_every_route_answers_generated_requests_as_the_document_says():
    sent = ["--phases", "examples,fuzzing", "--examples", "8", "--seed", "1", "--at-least", "300"]
    ran = subprocess.run([sys.executable, FUZZ, *sent], capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-5_000:]

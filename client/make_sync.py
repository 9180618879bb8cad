"""Makes the ordinary client from the one for asyncio: `python client/make_sync.py`, as `make fmt` does.

The two differ in these words alone, so that one of them is written and tested by hand.
"""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent / "refrain_client"
WORDS = [
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bAsync([A-Z]\w*)", r"\1"),
    (r"\bhttpx\.AsyncClient", "httpx.Client"),
    (r"\b__a(enter|exit)__", r"__\1__"),
    (r"\baclose\b", "close"),
    (r"\baread\b", "read"),
    (r"\baiter_lines\b", "iter_lines"),
    (r"\baiter_bytes\b", "iter_bytes"),
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"^import asyncio\n", ""),
    (r"\b_async\b", "_sync"),
]


def made() -> dict[str, str]:
    """The text of each file of the ordinary client."""
    return {
        source.name: _without_async(source.read_text("utf-8")) for source in sorted((PACKAGE / "_async").glob("*.py"))
    }


def _without_async(text: str) -> str:
    for pattern, replacement in WORDS:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    for arguments in (("check", "--select", "I", "--fix-only"), ("format",)):
        command = [
            sys.executable,
            "-m",
            "ruff",
            *arguments,
            "--quiet",
            "--stdin-filename",
            "client/refrain_client/_sync/x.py",
            "-",
        ]
        text = subprocess.run(
            command, input=text, cwd=PACKAGE.parents[1], capture_output=True, text=True, check=True
        ).stdout
    return text


if __name__ == "__main__":
    (PACKAGE / "_sync").mkdir(exist_ok=True)
    for name, text in made().items():
        (PACKAGE / "_sync" / name).write_text(text, "utf-8")

"""Health check of the service on this machine: `python -m app.cli.health_check` ends with 0 when it is ready.

It asks where `refrain serve` listens by the same settings. The standard library alone: it is run every few seconds.
"""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

_WITHIN_S = 3
_EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared with, not bound


def address(environment: Mapping[str, str] = os.environ) -> str:
    """The address of `/readyz`."""
    host = environment.get("REFRAIN_HOST", "127.0.0.1")
    host = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{environment.get('REFRAIN_PORT', '8000')}/readyz"


def main() -> int:
    """Entry point: 0 when the service is ready; 1 and the reason on standard error when it is not."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address(), timeout=_WITHIN_S):
            return 0
    except urllib.error.HTTPError as error:
        print(error.read(1_000).decode("utf-8", "replace"), file=sys.stderr)
    except OSError as error:
        print(f"{address()} does not answer: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

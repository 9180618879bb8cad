"""Real databases for the tests of faults: as in `tests/integration/conftest.py`."""

from integration.conftest import backend, empty_url, postgres  # noqa: F401

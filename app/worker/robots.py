"""robots.txt (RFC 9309): what a site allows this program to read, kept for an hour."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.robotparser import RobotFileParser

from app.services.sources.ports import FetchFailed

_KEPT_FOR_S: Final = 3_600.0
_TROUBLE_KEPT_FOR_S: Final = 300.0
_MOST_KEPT: Final = 1_000
_MOST_LINES: Final = 5_000

FetchRobots = Callable[[str, float], bytes]
"""The content of an origin's robots.txt before a deadline. Raises `FetchFailed`."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of an origin for this program. `parser` is None where robots.txt could not be asked for."""

    parser: RobotFileParser | None
    agent: str
    retry_after_s: float = 0
    failure: str = ""
    """What went wrong where it could not."""

    def allows(self, url: str) -> bool:
        return self.parser is not None and self.parser.can_fetch(self.agent, url)

    @property
    def crawl_delay_s(self) -> float:
        """Seconds that the site wants between two requests."""
        delay = self.parser.crawl_delay(self.agent) if self.parser else None
        return float(delay or 0)


class Robots:
    """Rules by origin. A site without a robots.txt allows everything; one that fails to answer, nothing for now."""

    def __init__(self, fetch: FetchRobots, agent: str):
        self._fetch = fetch
        self._agent = agent
        self._guard = threading.Lock()
        self._known: dict[str, tuple[float, Rules]] = {}

    def rules_of(self, origin: str, deadline: float) -> Rules:
        """The rules of an origin, such as `https://example.org`."""
        now = time.monotonic()
        with self._guard:
            until, rules = self._known.get(origin, (0.0, None))
        if rules is not None and now < until:
            return rules
        rules = self._asked(origin, deadline)
        kept_for = _TROUBLE_KEPT_FOR_S if rules.parser is None else _KEPT_FOR_S
        with self._guard:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[origin] = (now + kept_for, rules)
        return rules

    def _asked(self, origin: str, deadline: float) -> Rules:
        parser = RobotFileParser()
        try:
            content = self._fetch(origin, deadline)
        except FetchFailed as failure:
            if failure.status is not None and 400 <= failure.status < 500 and failure.status != 429:
                parser.parse([])
                return Rules(parser, self._agent)
            return Rules(None, self._agent, failure.retry_after_s, str(failure))
        parser.parse(content.decode("utf-8-sig", "replace").splitlines()[:_MOST_LINES])
        return Rules(parser, self._agent)

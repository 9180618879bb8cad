"""Waits for what threads and other processes bring about: no test sleeps for a time and hopes that it was enough."""

import time

_LOOK_EVERY_S = 0.02


def until(condition, most_s=180):
    """The first true value of `condition()`. Raises `AssertionError` when there is none within `most_s` seconds."""
    deadline = time.monotonic() + most_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {most_s} s: the last value was {found!r}"
        time.sleep(_LOOK_EVERY_S)
    return found

"""Frequent reasons of a dismissal: each has a shortcut key, and is stored as the words of flag-reason-…."""

from typing import Literal

Reason = Literal["other-script", "other-event", "reported", "true", "duplicate", "unclear"]

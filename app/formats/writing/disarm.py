"""DISARM techniques by id, from a pinned list of those that fit statements, and the tags that stand for them.

DISARM has no technique for an accusation made before the deed: that has a tag of our own, mapped to the techniques
nearest to it. A number that the list does not have stays a tag.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

PREEMPTIVE_ACCUSATION: Final = "x-preemptive-accusation"
_MAPPED: Final = {PREEMPTIVE_ACCUSATION: ("T0003", "T0084", "T0077")}
_LIST: Final = Path(__file__).with_name("disarm.json")


@dataclass(frozen=True, slots=True)
class Technique:
    """DISARM technique, with the id and the dates of its STIX object."""

    id: str
    name: str
    phase: str
    stix_id: str
    url: str
    created: str
    modified: str


@cache
def techniques() -> Mapping[str, Technique]:
    """The listed techniques, by their ids."""
    return {one["id"]: Technique(**one) for one in json.loads(_LIST.read_text("utf-8"))["techniques"]}


def tags_of(metadata: Mapping[str, Any]) -> list[str]:
    """Tags of a statement: its keywords, each once."""
    keywords = metadata.get("keywords")
    words = keywords if isinstance(keywords, list) else [keywords]
    return list(dict.fromkeys(word for word in words if isinstance(word, str) and word.strip()))


def techniques_of(tags: list[str]) -> list[Technique]:
    """Techniques that tags name by their ids, and those that our own tag is mapped to, each once."""
    ids = dict.fromkeys(found for tag in tags for found in _MAPPED.get(tag, (tag,)))
    return [techniques()[one] for one in ids if one in techniques()]

"""MISP's object templates that are used here (MISP/misp-objects, `objects/*/definition.json`, as in PyMISP 2.5.34)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Template:
    """Object template: its name, UUID and version, and the types of those of its attributes that are written."""

    name: str
    uuid: str
    version: str
    types: dict[str, str]


NARRATIVE: Final = Template(
    "narrative",
    "83bea299-514a-4719-a84b-f6fd0997fac1",
    "4",
    {"narrative-summary": "text", "narrative-disproof": "text", "external-references": "link"},
)
STATEMENT: Final = Template(
    "news-media",
    "691463c5-5302-4847-9bec-4c56ccfec677",
    "3",
    {"content": "text", "title": "text", "source": "text", "username": "text", "link": "link", "archive": "link"},
)
FINDING: Final = Template(
    "annotation", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3", {"text": "text", "type": "text", "ref": "link"}
)
TEXTS: Final = {
    "news-media": ("content", "transcription"),
    "blog": ("post",),
    "microblog": ("post",),
    "facebook-post": ("post",),
    "twitter-post": ("post",),
    "reddit-post": ("post-content", "post-title"),
    "parler-post": ("body",),
    "publication": ("content", "description"),
    "forged-document": ("document-text", "document-name"),
    "report": ("summary",),
}
"""Attributes that hold what was said, by object."""
COMMENT_MARK: Final = "refrain:"
"""Before our record of an object in its comment, as JSON."""

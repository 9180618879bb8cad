"""Names of places, people and organisations in many spellings and scripts: found in a text, equal by their key."""

from index.names.reader import Name, NameReader, shared
from index.names.tables import Kind

__all__ = ["Kind", "Name", "NameReader", "shared"]

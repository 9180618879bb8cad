"""Names of places, people and organisations in many spellings and scripts: found in a text, equal by their key."""

from index.text.names.gazetteer import Kind
from index.text.names.recognizer import Name, NameRecognizer, key_overlap

__all__ = ["Kind", "Name", "NameRecognizer", "key_overlap"]

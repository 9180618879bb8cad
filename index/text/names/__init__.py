"""Names of places, people and organisations across spellings and scripts: recognition, and keys that are equal for one
name."""

from index.text.names.gazetteer import Kind
from index.text.names.recognizer import Name, NameRecognizer, key_overlap

__all__ = ["Kind", "Name", "NameRecognizer", "key_overlap"]

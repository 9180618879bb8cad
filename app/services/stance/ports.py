"""Ports for stances of statements, stored beside their vectors."""

from typing import NamedTuple

from app.domain.checks.checks import Stance
from index.contract import EncodedText, FloatArray


class ClassifiedText(NamedTuple):
    """Encoding of a text with its stance, as classified by `stance_version`."""

    encoded: EncodedText
    stance: Stance
    stance_version: str


class UnclassifiedText(NamedTuple):
    """A stored statement that has a vector, of shape (dimension,), and no stance of the version that is asked for."""

    key: int
    text: str
    language: str
    vector: FloatArray

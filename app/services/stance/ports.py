"""What is stored of the stance of statements, beside their vectors."""

from typing import NamedTuple

from app.domain.checks.checks import Stance
from index.contract import EncodedText, FloatArray


class ClassifiedText(NamedTuple):
    """What is stored of a text: its encoding and its stance, which `stance_version` of the classification gave it."""

    encoded: EncodedText
    stance: Stance
    stance_version: str


class UnclassifiedText(NamedTuple):
    """A stored statement that has a vector, of shape (dimension,), and no stance of the version that is asked for."""

    key: int
    text: str
    language: str
    vector: FloatArray

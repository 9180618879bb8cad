"""Deterministic identifiers of exported objects: UUIDs of version 5, the same in every export."""

from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("0b3f6a1e-51c6-4f0e-9d0b-6a1d7f1f2c55")


def export_uuid(kind: str, *parts: str) -> str:
    """UUID of an object of this kind that these parts identify."""
    return str(uuid5(_NAMESPACE, "\x1f".join((kind, *parts))))

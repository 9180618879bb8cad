"""Files of cut-offs for the pair model: JSON written by `refrain calibrate`, put in force by `REFRAIN_POLICY=FILE`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.domain.core.strict_json import loads
from app.formats.lines import Unreadable


@dataclass(frozen=True, slots=True)
class PairCutOffs:
    """Cut-offs on the scores of a pair model of this version, and what they were chosen on and are worth."""

    version: str
    pair_model: str
    embedder: str
    suggest_at: float
    same_script_at: float
    flag_at: float
    measured: Mapping[str, Any] = field(default_factory=dict)


_CUT_OFFS = TypeAdapter(PairCutOffs)


def read_pair_cut_offs(path: Path) -> PairCutOffs | None:
    """The cut-offs of a file; None where it is none of these. Raises `Unreadable` where they are damaged."""
    try:
        content = loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or "pair_model" not in content:
        return None
    try:
        read = _CUT_OFFS.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise Unreadable(f"{path} is no policy: {'/'.join(map(str, first['loc'])) or 'it'}: {first['msg']}") from error
    if not 0 <= read.suggest_at <= read.same_script_at <= read.flag_at <= 1:
        raise Unreadable(f"{path} is no policy: its cut-offs are not in order")
    return read


def write_pair_cut_offs(path: Path, chosen: PairCutOffs) -> None:
    """Replaces the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(chosen), indent=2, ensure_ascii=False) + "\n", "utf-8")

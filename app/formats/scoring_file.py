"""Scoring model files: JSON written by `refrain calibrate`; a projection is base64 of half-precision floats.

Files of earlier releases are read too: `_RENAMED` has their keys.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter, ValidationError

from app.domain.checks.scoring import Calibration, ScoringModel
from app.domain.core.strict_json import loads
from app.formats.lines import Unreadable
from index.contract import FloatArray, WrongShape
from index.search.projection import Projection

_MODEL = TypeAdapter(ScoringModel)
_SHIPPED = Path(__file__).resolve().parents[1] / "policies"
_ARRAYS = ("centre", "matrix", "topic_centre", "topic_matrix")
_RENAMED = {
    "evidence": "weights",
    "filed": "labelled",
    "unfiled": "unlabelled",
    "least_evidence": "min_rank_score",
    "lens": "projection",
}
_RENAMED_WEIGHTS = {
    "evidence": "rank_score",
    "level": "top_mean",
    "agreement": "label_agreement",
    "brevity": "inverse_length",
}
_RENAMED_ARRAYS = {"meaning": "matrix", "theme_centre": "topic_centre", "themes": "topic_matrix"}


class FittedModel(NamedTuple):
    """A scoring model and the projection that it was fitted with; None: the embedder's vectors as they are."""

    policy: ScoringModel
    projection: Projection | None


UNMEASURED = ScoringModel(
    version="unmeasured",
    embedder="*",
    weights={"dense": 20.0},
    labelled=Calibration(-16.0, {"rank_score": 1.0}),
    unlabelled=Calibration(-16.0, {"rank_score": 1.0}),
    suggest_at=0.27,
    same_script_at=0.73,
    flag_at=0.73,
    verbatim_wording=0.97,
    verbatim_dense=0.97,
)
"""Default for an embedder without measurements: even odds at a cosine of .8. `refrain calibrate` fits another."""


def read_scoring_model(path: Path) -> FittedModel:
    """Reads a file. Raises `Unreadable` for one that is not a scoring model."""
    try:
        content = loads(path.read_bytes(), most_items=None)
        content = _renamed(content, _RENAMED)
        for name in ("labelled", "unlabelled"):
            calibration = content.get(name)
            if isinstance(calibration, dict) and isinstance(calibration.get("weights"), dict):
                calibration["weights"] = _renamed(calibration["weights"], _RENAMED_WEIGHTS)
        projection = content.pop("projection", None)
        return FittedModel(_MODEL.validate_python(content), _projection(projection) if projection else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"])) or "it"
        raise Unreadable(f"{path} is no policy: {where}: {first['msg']}") from error
    except (ValueError, TypeError, KeyError, AttributeError, WrongShape, OSError) as error:
        raise Unreadable(f"{path} is no policy: {error}") from error


def write_scoring_model(path: Path, fitted: FittedModel) -> None:
    """Replaces the file."""
    content: dict[str, Any] = asdict(fitted.policy)
    if fitted.projection:
        content["projection"] = {name: _packed(getattr(fitted.projection, name)) for name in _ARRAYS}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def scoring_model_for(embedder: str, choice: str = "") -> FittedModel:
    """Scoring model for an embedder of this name: the shipped one, or `UNMEASURED` where there is none.

    `choice`: "" for the best, "dense" for the one that counts vectors only, or the path of a policy file. Raises
    `Unreadable` where the choice is no policy, or one made for another embedder.
    """
    if choice in ("", "dense"):
        shipped = (read_scoring_model(path) for path in sorted(_SHIPPED.glob("*.json")))
        fitting = [
            model
            for model in shipped
            if model.policy.embedder == embedder and model.policy.uses_terms == (choice == "")
        ]
        return fitting[0] if fitting else FittedModel(UNMEASURED, None)
    chosen = read_scoring_model(Path(choice))
    if chosen.policy.embedder not in (embedder, "*"):
        raise Unreadable(
            f"{choice} was made for the embedder '{chosen.policy.embedder}', and this one is '{embedder}': "
            f"fit one with refrain calibrate, or leave REFRAIN_POLICY empty"
        )
    return chosen


def _packed(array: FloatArray) -> dict[str, Any]:
    return {"shape": array.shape, "half": base64.b64encode(array.astype("<f2").tobytes()).decode()}


def _renamed(content: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The mapping with today's keys."""
    return {names.get(key, key): value for key, value in content.items()}


def _projection(packed: dict[str, Any]) -> Projection:
    packed = _renamed(packed, _RENAMED_ARRAYS)
    return Projection(**{name: _unpacked(packed[name]) for name in _ARRAYS})


def _unpacked(packed: dict[str, Any]) -> FloatArray:
    array = np.frombuffer(base64.b64decode(packed["half"]), "<f2").reshape(packed["shape"])
    return array.astype(np.float32)

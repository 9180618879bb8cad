"""Policy files: what `refrain calibrate` fits, a file of JSON each, its lens as base64 of half-precision numbers."""

import base64
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter, ValidationError

from app.domain.checks.scoring import Calibration, Policy
from app.formats.lines import Unreadable
from index.contract import FloatArray, WrongShape
from index.search.projection import Lens

_POLICY = TypeAdapter(Policy)
_SHIPPED = Path(__file__).resolve().parents[1] / "policies"
_LENS = ("centre", "meaning", "theme_centre", "themes")


class FittedPolicy(NamedTuple):
    """A policy and the lens that its signals are seen through; no lens: the embedder's vectors as they are."""

    policy: Policy
    lens: Lens | None


UNMEASURED = Policy(
    version="unmeasured",
    embedder="*",
    evidence={"dense": 20.0},
    filed=Calibration(-16.0, {"evidence": 1.0}),
    unfiled=Calibration(-16.0, {"evidence": 1.0}),
    suggest_at=0.27,
    same_script_at=0.73,
    flag_at=0.73,
    verbatim_wording=0.97,
    verbatim_dense=0.97,
)
"""For an embedder that nothing was measured with: even odds at a cosine of .8. `refrain calibrate` fits another."""


def read_policy(path: Path) -> FittedPolicy:
    """Raises `Unreadable` for a file that is no policy."""
    try:
        content = json.loads(path.read_bytes())
        lens = content.pop("lens", None)
        return FittedPolicy(_POLICY.validate_python(content), _lens(lens) if lens else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"])) or "it"
        raise Unreadable(f"{path} is no policy: {where}: {first['msg']}") from error
    except (ValueError, TypeError, KeyError, AttributeError, WrongShape, OSError) as error:
        raise Unreadable(f"{path} is no policy: {error}") from error


def write_policy(path: Path, fitted: FittedPolicy) -> None:
    """Replaces the file."""
    content: dict[str, Any] = asdict(fitted.policy)
    if fitted.lens:
        content["lens"] = {name: _packed(getattr(fitted.lens, name)) for name in _LENS}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def policy_for(embedder: str, choice: str = "") -> FittedPolicy:
    """The policy for an embedder of this name: the shipped one, or `UNMEASURED` where there is none.

    `choice`: "" for the best, "dense" for the one that counts vectors only, or the path of a policy file. Raises
    `Unreadable` where the choice is no policy, or one made for another embedder.
    """
    if choice in ("", "dense"):
        shipped = (read_policy(path) for path in sorted(_SHIPPED.glob("*.json")))
        fitting = [one for one in shipped if one.policy.embedder == embedder and one.policy.lexical == (choice == "")]
        return fitting[0] if fitting else FittedPolicy(UNMEASURED, None)
    chosen = read_policy(Path(choice))
    if chosen.policy.embedder not in (embedder, "*"):
        raise Unreadable(
            f"{choice} was made for the embedder '{chosen.policy.embedder}', and this one is '{embedder}': "
            f"fit one with refrain calibrate, or leave REFRAIN_POLICY empty"
        )
    return chosen


def _packed(array: FloatArray) -> dict[str, Any]:
    return {"shape": array.shape, "half": base64.b64encode(array.astype("<f2").tobytes()).decode()}


def _lens(packed: dict[str, Any]) -> Lens:
    return Lens(**{name: _unpacked(packed[name]) for name in _LENS})


def _unpacked(packed: dict[str, Any]) -> FloatArray:
    array = np.frombuffer(base64.b64decode(packed["half"]), "<f2").reshape(packed["shape"])
    return array.astype(np.float32)

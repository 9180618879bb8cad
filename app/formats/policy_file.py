"""Policy files: the cut-offs that ship, one file an embedder that they were measured with."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.domain.policy import Policy
from app.formats.lines import Unreadable

_POLICY = TypeAdapter(Policy)
_SHIPPED = Path(__file__).resolve().parents[1] / "policies"

UNMEASURED = Policy(
    version="unmeasured",
    embedder="*",
    suggest_at=0.75,
    flag_at=0.85,
    near_verbatim_at=0.95,
    same_script_at=0.85,
    same_topic_at=0.75,
)
"""For an embedder that nothing was measured with: `refrain evaluate` says how good its cut-offs are."""


def read_policy(path: Path) -> Policy:
    """Raises `Unreadable` for a file that is no policy."""
    try:
        return _POLICY.validate_json(path.read_bytes())
    except (ValidationError, ValueError, OSError) as error:
        raise Unreadable(f"{path} is no policy: {error}") from error


def shipped_policy(embedder: str) -> Policy:
    """The shipped policy that was measured with an embedder of this name, or `UNMEASURED`."""
    policies = (read_policy(path) for path in sorted(_SHIPPED.glob("*.json")))
    return next((policy for policy in policies if policy.embedder == embedder), UNMEASURED)

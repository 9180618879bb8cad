"""Contributors: organisations that brought what the shared archive holds, and what each of them may change."""

from dataclasses import dataclass

from app.domain.access.keys import Caller, Organisation, Scope
from app.domain.core.errors import RefrainError

PROPOSED = ("statement", "narrative", "finding")
"""Kinds of things to which changes can be proposed."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Organisation that brought a statement, a narrative, a finding or a counter-example.

    What has none belongs to the operator: it was imported on the command line, or is older than this record.
    """

    key: int
    name: str

    @classmethod
    def of(cls, organisation: Organisation | None) -> "Contributor | None":
        return cls(organisation.key, organisation.name) if organisation else None

    @property
    def organisation(self) -> str:
        """Name of the organisation, as answers show it."""
        return self.name


class NotContributor(RefrainError):
    """Change of something that another organisation brought."""

    def __init__(self, what: str, contributor: Contributor | None):
        whose = f"'{contributor.name}' brought" if contributor else "the operator's archive holds"
        advice = (
            "propose the change with POST /v1/proposals, and they or the operator of the service decide"
            if what in PROPOSED
            else "they or an admin of the operator's organisation can"
        )
        super().__init__(f"{whose} this {what}, and your organisation cannot change it: {advice}")


def is_curator(caller: Caller) -> bool:
    """True for admin keys and admins of the operator's organisation, who may change every shared thing."""
    return caller.organisation.operator and Scope.ADMIN in caller.scopes

"""Keys and organisations, for keys with the scope `admin`. A lost answer with a secret is a `Conflict`."""

from collections.abc import Iterator, Sequence
from typing import Unpack

from refrain_client._sync.transport import Transport
from refrain_client.access_answers import Key, NewKey, NewOrganisation, Organisation, Withdrawal, Withdrawn
from refrain_client.bodies import KeyFields, OrganisationChanges, Scope, When
from refrain_client.decoding import decode


class Keys:
    """Your organisation's keys."""

    def __init__(self, to: Transport):
        self._to = to

    def create(self, name: str, scopes: Sequence[Scope], **fields: Unpack[KeyFields]) -> NewKey:
        """Makes a key with scopes that yours has. Keep the `secret`: it is not shown again."""
        body = {"name": name, "scopes": list(scopes), **fields}
        return decode(NewKey, self._to.ask("POST", ("keys",), body=body))

    def get(self, key_id: str) -> Key:
        """One key."""
        return decode(Key, self._to.ask("GET", ("keys", key_id)))

    def list(self) -> Iterator[Key]:
        """All keys, ended ones included, the oldest first."""
        return self._to.pages(("keys",), Key)

    def rotate(self, key_id: str, *, overlap_hours: float = 24) -> NewKey:
        """Gives a key a new secret; the one before stays good for a while, so that nothing stops in between."""
        body = {"overlap_hours": overlap_hours}
        return decode(NewKey, self._to.ask("POST", ("keys", key_id, "rotate"), body=body))

    def revoke(self, key_id: str) -> None:
        """Ends a key at once."""
        self._to.ask("DELETE", ("keys", key_id))


class Organisations:
    """Your organisation; for keys of the operator's, all of them."""

    def __init__(self, to: Transport):
        self._to = to

    def create(self, name: str, scopes: Sequence[Scope], *, limit_per_hour: int | None = None) -> NewOrganisation:
        """Makes an organisation and its first `key`. Keep its secret: it is not shown again."""
        body = {"name": name, "scopes": list(scopes), "limit_per_hour": limit_per_hour}
        return decode(NewOrganisation, self._to.ask("POST", ("organisations",), body=body))

    def get(self, organisation_id: str) -> Organisation:
        """One organisation."""
        return decode(Organisation, self._to.ask("GET", ("organisations", organisation_id)))

    def list(self) -> Iterator[Organisation]:
        """Organisations that your key may see, the oldest first."""
        return self._to.pages(("organisations",), Organisation)

    def change(self, organisation_id: str, **changes: Unpack[OrganisationChanges]) -> Organisation:
        """Changes its name, its limit or how long checks are kept; for keys of the operator's."""
        return decode(Organisation, self._to.ask("PATCH", ("organisations", organisation_id), body=changes))

    def withdraw(self, organisation_id: str, *, since: When | None = None, reason: str | None = None) -> Withdrawn:
        """Withdraws what it contributed to the shared archive since a moment; for admin keys of the operator's."""
        path, body = ("organisations", organisation_id, "withdrawals"), {"since": since, "reason": reason}
        return decode(Withdrawn, self._to.ask("POST", path, body=body))

    def withdrawals(self, organisation_id: str) -> Iterator[Withdrawal]:
        """Withdrawals of what it contributed, the newest first."""
        return self._to.pages(("organisations", organisation_id, "withdrawals"), Withdrawal)

    def restore(self, organisation_id: str, withdrawal_id: str) -> None:
        """Brings back what a withdrawal took. Twice is no error."""
        self._to.ask("DELETE", ("organisations", organisation_id, "withdrawals", withdrawal_id))

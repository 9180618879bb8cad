"""Keys: work at once, end at once, and are not kept."""

from datetime import timedelta

import pytest
from builders import NOW, request
from fakes import HeldClock
from sqlalchemy import text

from app.domain.access.keys import Scope
from app.domain.core.errors import NotFound, Unauthenticated


def test_a_key_works_at_once_in_every_process_and_its_secret_is_stored_nowhere(process, store):
    secret, key = process("one").manage_keys.create("Plugin", [Scope.CHECK, Scope.READ], "Desk")
    seen = process("two").manage_keys.authenticate(secret)
    assert (seen.id, seen.name, seen.organisation.name) == (key.id, "Plugin", "Desk")
    assert seen.scopes == {Scope.CHECK, Scope.READ}
    with store.engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM api_keys")).all())
    assert secret not in stored
    assert secret.removeprefix("rfr_")[8:] not in stored


def test_a_revoked_key_ends_at_once_and_only_once(process):
    one, two = process("one"), process("two")
    secret, key = one.manage_keys.create("Plugin", [Scope.CHECK], "Desk")
    two.manage_keys.revoke(key.id)
    with pytest.raises(Unauthenticated):
        one.manage_keys.authenticate(secret)
    with pytest.raises(NotFound):
        one.manage_keys.revoke(key.id)


def test_a_key_ends_when_it_expires(process):
    clock = HeldClock()
    keys = process(clock=clock).manage_keys
    secret, _ = keys.create("Plugin", [Scope.CHECK], "Desk", expires_at=NOW + timedelta(days=1))
    keys.authenticate(secret)
    clock.advance(days=1)
    with pytest.raises(Unauthenticated):
        keys.authenticate(secret)


def test_when_a_key_was_last_used_is_noted(process):
    clock = HeldClock()
    keys = process(clock=clock).manage_keys
    secret, _ = keys.create("Plugin", [Scope.CHECK], "Desk")
    assert keys.all()[0].last_used_at is None
    keys.authenticate(secret)
    clock.advance(hours=1)
    keys.authenticate(secret)
    assert keys.all()[0].last_used_at == NOW + timedelta(hours=1)


def test_an_organisation_sees_its_own_checks_only(archive):
    one, other = archive.manage_keys.organisation("one"), archive.manage_keys.organisation("other")
    [check] = archive.check_statements([request()], one)
    with archive.store.reading() as tx:
        assert tx.checks.by_id(one, check.id) == check
        assert tx.checks.by_id(other, check.id) is None
        assert tx.checks.find(other, None, None, 10) == []

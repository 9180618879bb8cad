"""Keys and organisations, answered by a real service."""

from datetime import UTC, datetime

import pytest

from app.domain.access.keys import Scope
from refrain_client import AccessDenied, Conflict, InvalidRequest, NotFound, Refrain


@pytest.fixture(scope="module")
def operator(served):
    served.services.manage_organisations.create("House", operator=True)
    key, _ = served.services.manage_keys.create("of the house", list(Scope), "House")
    with Refrain(served.url, key) as one:
        yield one


def test_a_key_is_made_used_rotated_and_revoked(served, refrain):
    made = refrain.keys.create("The plugin", ["check", "read"], expires_at="2100-01-01", limit_per_hour=1000)
    assert (made.secret not in repr(made), made.secret.startswith(made.hint)) == (True, True)
    assert made.expires_at == datetime(2100, 1, 1, tzinfo=UTC)
    with Refrain(served.url, made.secret) as plugin:
        assert (plugin.me().key.id, plugin.me().limits.key_per_hour) == (made.id, 1000)
        rotated = refrain.keys.rotate(made.id, overlap_hours=1)
        assert (rotated.id, rotated.secret != made.secret) == (made.id, True)
        assert plugin.me().key.id == made.id  # for an hour both are good
        with pytest.raises(AccessDenied, match="scope"):
            plugin.keys.create("Another", ["check"])
        refrain.keys.revoke(made.id)
        with pytest.raises(AccessDenied, match="401"):
            plugin.me()
    kept = refrain.keys.get(made.id)
    assert (kept.scopes, kept.revoked_at is None, kept.previous_until is None) == (["check", "read"], False, False)
    assert kept in list(refrain.keys.list())
    with pytest.raises(NotFound):
        refrain.keys.revoke("nothing")


def test_the_operator_makes_an_organisation_and_sets_its_limit(served, operator):
    made = operator.organisations.create("The evening paper", ["admin", "check"], limit_per_hour=500)
    assert (made.operator, made.limit_per_hour, made.key.secret in repr(made)) == (False, 500, False)
    with Refrain(served.url, made.key.secret) as paper:
        [own] = paper.organisations.list()
        assert (own.id, own.name, paper.me().limits.organisation_per_hour) == (made.id, "The evening paper", 500)
        with pytest.raises(AccessDenied):
            paper.organisations.change(made.id, limit_per_hour=1_000)
        changed = operator.organisations.change(made.id, name="The morning paper", limit_per_hour=None)
        assert (changed.name, changed.limit_per_hour) == ("The morning paper", None)
        assert paper.organisations.get(made.id) == changed
    assert {"House", "The morning paper"} <= {one.name for one in operator.organisations.list()}
    with pytest.raises(Conflict):
        operator.organisations.create("The morning paper", ["check"])


def test_an_erased_statement_is_in_the_lists_of_erasures_and_of_the_audit_log(operator):
    said = operator.statements.record("Said by somebody who asks to be forgotten.")
    erased = operator.erasures.create("statement", said.id, "Request of the person", reference="12/34")
    assert (erased.subject_id, erased.reason, erased.reference) == (said.id, "Request of the person", "12/34")
    assert erased in list(operator.erasures.list())
    left = operator.statements.get(said.id)
    assert (left.withdrawn, "forgotten" in repr(left)) == (True, False)
    kept = [one.action for one in operator.audit.list(subject=said.id)]
    assert [action for action in kept if action.startswith("statement.")][-1] == "statement.created"
    assert not list(operator.audit.list(subject=said.id, since="2199-01-01"))
    with pytest.raises(InvalidRequest):
        operator.erasures.create("narrative", "x", "Request of the person")

"""Counts of the administration pages over both databases."""

import pytest
from builders import account, draft
from builders import services as build
from fakes import HeldClock
from overview_data import DeskWithHistory

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Scope


@pytest.fixture
def services(tmp_path, url):
    built = build(tmp_path, database_url=url, clock=HeldClock(), key_limit_per_hour=100)
    yield built
    built.store.close()


@pytest.fixture
def desk(services):
    return DeskWithHistory(services)


def test_the_operator_sees_numbers_of_all_and_others_their_own(services, desk):
    admin, other = account(services, "admin", "Desk"), account(services, "admin", "Others")
    services.manage_keys.create("one", [Scope.READ], "Desk")
    revoked = services.manage_keys.create("two", [Scope.READ], "Desk")[1]
    services.manage_keys.revoke(revoked.id)
    services.record_statements([draft("Brought.", contributor=Contributor.of(desk.organisation))])
    desk.flag("An attack is staged.", desk.statement("It was staged.", 3), 1)
    read = services.read_administration.organisations
    assert [(one.organisation.name, one.size) for one in read(other)] == [("Others", size(people=1))]
    services.manage_organisations.change("Desk", {"operator": True})
    admin = services.manage_accounts.get(admin.id)
    found = {one.organisation.name: one.size for one in read(admin)}
    assert found["Desk"] == size(people=1, keys=1, statements=1, flags=1)
    assert found["Others"] == size(people=1)


def size(people=0, keys=0, statements=0, flags=0):
    from app.services.administration.ports import OrganisationSize

    return OrganisationSize(people, keys, statements, flags)


def test_quotas_show_what_was_used_and_take_nothing(services, desk):
    _, key = services.manage_keys.create("one", [Scope.READ], "Desk")
    key = services.manage_keys.get(key.id)
    services.rate_limit(key, 7)
    for _ in range(2):
        [used] = services.read_administration.quotas(desk.organisation).keys
        assert (used.status.remaining, used.status.quota.per_hour) == (93, 100)
    assert services.read_administration.quotas(desk.organisation).organisation is None


def test_flags_are_counted_by_the_hundredth_below_their_score(services, desk):
    precedent = desk.statement("It was staged.", 3)
    for score in (0.29, 0.2999, 0.3, 1.0):
        desk.flag(f"An attack is staged, {score}.", precedent, 1, score=score)
    confirmed = desk.flag("An attack is staged, again.", precedent, 1, score=0.29)
    desk.judge(confirmed, desk.analyst(), "confirmed")
    with services.store.reading() as tx:
        found = tx.administration.flags_by_score(desk.organisation)
    assert found == {(29, "open"): 2, (30, "open"): 1, (100, "open"): 1, (29, "confirmed"): 1}
    effects = services.read_thresholds(desk.organisation)
    assert (effects.reviewed, effects.points[0].flags, effects.points[0].share) == (1, 5, 1.0)

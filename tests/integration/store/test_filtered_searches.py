"""A search leaves out inside the engines what its caller may not have, however much of that is nearer."""

from datetime import UTC, datetime

import pytest
from builders import STAGED, draft, period, request

from app.domain.access.keys import Organisation
from app.services.search.search_index import SearchIndex


@pytest.fixture
def services(process):
    return process("first")


@pytest.fixture
def desk(services) -> Organisation:
    return services.manage_keys.organisation("Desk")


def test_what_others_own_and_what_came_later_displaces_nothing_in_one_search(services, desk, monkeypatch):
    nearer = [draft(STAGED, "2021-01-01", external_id=f"P{number}", owner=desk.key) for number in range(120)]
    later = [draft(STAGED, "2023-01-01", external_id=f"L{number}") for number in range(120)]
    services.record_statements([*nearer, *later, draft(f"Again: {STAGED}", "2021-01-01", external_id="1")])
    searches = []
    search = SearchIndex.search
    monkeypatch.setattr(SearchIndex, "search", lambda *args, **named: searches.append(1) or search(*args, **named))
    [check] = services.check_statements([request(STAGED, "2022-01-01", limit=1)])
    assert [match.precedent.external_id for match in check.matches] == ["1"]
    assert len(searches) == 1
    [own] = services.check_statements([request(STAGED, "2022-01-01", limit=1)], desk)
    assert own.matches[0].precedent.external_id.startswith("P")


def test_what_was_learned_later_displaces_nothing_in_one_search(services, monkeypatch):
    early, late = datetime(2021, 2, 1, tzinfo=UTC), datetime(2023, 2, 1, tzinfo=UTC)
    services.record_statements([draft(f"Again: {STAGED}", "2021-01-01", external_id="1", learned_at=early)])
    services.record_statements(
        [draft(STAGED, "2021-01-01", external_id=f"L{number}", learned_at=late) for number in range(120)]
    )
    searches = []
    search = SearchIndex.search
    monkeypatch.setattr(SearchIndex, "search", lambda *args, **named: searches.append(1) or search(*args, **named))
    [check] = services.check_statements([request(STAGED, "2022-01-01", limit=1, known_at=period("2022-01-01"))])
    assert [match.precedent.external_id for match in check.matches] == ["1"]
    assert len(searches) == 1

"""Looking something up in the archive, and what archived statements repeat."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client


@pytest.fixture
def search(desk):
    """What a search answers with."""

    def ask(q, caller=desk, **parameters):
        answer = caller.get("/v1/search", params={"q": q, **parameters})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


def texts(answer):
    return [one["statement"]["text"] for one in answer["items"]]


def test_by_meaning_the_closest_comes_first_whenever_it_was_said(record, search):
    record(GRAIN, "2022-01-01")
    record(STAGED, None)
    record(STAGED_ELSEWHERE, "2030-01-01")
    found = search("a staged chemical attack in Hama")
    assert texts(found) == [STAGED_ELSEWHERE, STAGED, GRAIN]
    similarities = [one["similarity"] for one in found["items"]]
    assert similarities == sorted(similarities, reverse=True)
    assert similarities[0] > similarities[2]


def test_by_words_each_of_them_occurs_in_title_or_text_and_the_last_said_comes_first(record, search):
    record(STAGED, "2020-01-01")
    record(STAGED_ELSEWHERE, "2021")
    record(GRAIN, "2022-01-01", title="Staged figures of an attack on statistics")
    record("A staged play.", None)
    found = search("ATTACK staged", by="words")
    assert texts(found) == [GRAIN, STAGED_ELSEWHERE, STAGED]
    assert [one["similarity"] for one in found["items"]] == [None] * 3
    places = found["items"][1]["found"]
    assert [STAGED_ELSEWHERE[start:end] for start, end in places] == ["staged", "attack"]
    assert texts(search('"attack staged"', by="words")) == []
    assert texts(search("staged", by="words"))[-1] == "A staged play."


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_filters_hold_in_both_ways(desk, record, search, by):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    fields = {"speaker": "Alexander Karpov", "source": {"name": "TASS"}, "narratives": [narrative["id"]]}
    record(STAGED, "2021-04-24", language="en", **fields)
    record(STAGED_ELSEWHERE, "2019-04-24", language="de", speaker="Somebody", source={"name": "SANA"})
    for parameters in (
        {"speaker": "alexander karpov"},
        {"source": "tass"},
        {"language": "en"},
        {"narrative": narrative["id"]},
        {"said_from": "2020"},
        {"said_from": "2021-04-24", "said_to": "2021-04-24"},
    ):
        assert texts(search("staged attack", by=by, **parameters)) == [STAGED], parameters
    assert texts(search("staged attack", by=by, said_to="2020")) == [STAGED_ELSEWHERE]
    assert texts(search("staged attack", by=by, speaker="Nobody")) == []


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_pages_follow_each_other_without_gap_or_repetition(record, search, by):
    for number in range(7):
        record(f"The staged attack number {number}.", f"20{10 + number}-01-01")
    seen, cursor = [], None
    while True:
        page = search("staged attack", by=by, limit=3, **({"cursor": cursor} if cursor else {}))
        seen += texts(page)
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert len(page["items"]) == 3
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("by", ["meaning", "words"])
def test_what_is_withdrawn_or_anothers_own_is_not_found(archive, desk, record, search, by):
    gone = record(STAGED, "2021-01-01")
    record(STAGED_ELSEWHERE, "2021-02-01", private=True)
    desk.delete(f"/v1/statements/{gone['id']}")
    assert texts(search("staged attack", by=by)) == [STAGED_ELSEWHERE]
    assert texts(search("staged attack", by=by, caller=client(archive, organisation="Others"))) == []


def relations(caller, statement):
    answer = caller.get(f"/v1/statements/{statement['id']}/relations")
    assert answer.status_code == 200, answer.text
    return {kind: [one["statement"]["text"] for one in some] for kind, some in answer.json().items()}


def test_precedents_are_earlier_and_echoes_later(desk, record):
    first = record(STAGED, "2020-01-01")
    middle = record(STAGED_ELSEWHERE, "2021-01-01")
    last = record(f"{STAGED} Again.", "2022-01-01")
    record(GRAIN, "2020-06-01")
    record(f"{STAGED} Nobody knows when.", None)
    assert relations(desk, first) == {"precedents": [], "echoes": [f"{STAGED} Again.", STAGED_ELSEWHERE]}
    related = relations(desk, middle)
    assert (related["precedents"], related["echoes"]) == ([STAGED], [f"{STAGED} Again."])
    assert relations(desk, last) == {"precedents": [STAGED, STAGED_ELSEWHERE], "echoes": []}
    one = desk.get(f"/v1/statements/{middle['id']}/relations").json()["echoes"][0]
    assert (one["tier"], one["days"]) == ("same_script", 365)


def test_periods_that_overlap_are_neither_earlier_nor_later(desk, record):
    year = record(STAGED, "2021")
    record(STAGED_ELSEWHERE, "2021-06-01")
    assert relations(desk, year) == {"precedents": [], "echoes": []}


def test_an_undated_statement_has_no_relations(desk, record):
    record(STAGED, "2020-01-01")
    assert relations(desk, record(STAGED_ELSEWHERE, None)) == {"precedents": [], "echoes": []}


def test_relations_of_a_withdrawn_statement_can_be_read_and_it_is_no_relation_any_more(desk, record):
    first, last = record(STAGED, "2020-01-01"), record(STAGED_ELSEWHERE, "2021-01-01")
    desk.delete(f"/v1/statements/{first['id']}")
    assert relations(desk, first) == {"precedents": [], "echoes": [STAGED_ELSEWHERE]}
    assert relations(desk, last) == {"precedents": [], "echoes": []}


def test_relations_are_of_what_the_caller_may_see(archive, desk, record):
    first = record(STAGED, "2020-01-01")
    own = record(STAGED_ELSEWHERE, "2021-01-01", private=True)
    others = client(archive, organisation="Others")
    assert relations(desk, first)["echoes"] == [STAGED_ELSEWHERE]
    assert relations(others, first)["echoes"] == []
    assert others.get(f"/v1/statements/{own['id']}/relations").status_code == 404


def test_what_was_dismissed_for_a_text_is_no_relation_of_it(desk, record, check):
    first, last = record(STAGED, "2020-01-01"), record(STAGED_ELSEWHERE, "2021-01-01")
    flag = check(STAGED_ELSEWHERE, said_at="2021-01-01")
    [match] = flag["matches"]
    answer = desk.post(
        f"/v1/flags/{flag['id']}/reviews",
        json={"match_id": match["id"], "verdict": "dismissed", "reason": "another event"},
    )
    assert answer.status_code == 201, answer.text
    assert relations(desk, last)["precedents"] == []
    assert relations(desk, first)["echoes"] == []

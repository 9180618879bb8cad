"""`GET /v1/overview`: the figures of the page, as far as the key's organisation sees them."""

import re

from builders import client, draft, signed_in
from overview_data import PREDICTED, UNDATED, DeskWithHistory


def test_the_route_answers_with_the_figures_of_the_page(archive):
    desk = DeskWithHistory(archive, "Ministry desk")
    precedent = desk.statement("Militants staged an attack.", 200, ["Staged attacks"])
    flags = [
        desk.flag(f"Attack number {back} is staged.", precedent, back, outlet="TASS", language=language)
        for back, language in ((20, "ru"), (3, "en"), (1, "en"))
    ]
    desk.judge(flags[0], desk.analyst(), "confirmed")
    desk.judge(flags[0], desk.analyst(), "dismissed")
    desk.statement("Said again.", 2, ["Staged attacks"])
    desk.statement(UNDATED.format(1), 100)
    desk.statement(PREDICTED.format(2), 5)
    others = archive.manage_organisations.create("Others")
    hidden = [draft(f"Hidden {at}.", desk.day(at), ["Hidden"], owner=others.key) for at in (1, 2, 3)]
    archive.record_statements(hidden)

    answer = client(archive, organisation=desk.organisation.name).get("/v1/overview")
    assert answer.status_code == 200, answer.text
    read = answer.json()
    assert sum(read["flags"].values()) == 3
    assert (len(read["days"]), read["days"][-1]["day"]) == (30, desk.day(0))
    assert {day["day"] for day in read["days"] if day["open"] + day["confirmed"] + day["dismissed"]} == {
        desk.day(back) for back in (20, 3, 1)
    }
    assert read["oldest"]["id"] in {flag.id for flag in flags}
    assert read["languages"] == [{"value": "en", "count": 2}, {"value": "ru", "count": 1}]
    assert read["outlets"] == [{"value": "TASS", "count": 3}]
    assert read["predictions"] == {"lapsed": 1, "lapsing": 1}
    assert (read["agreement"]["judged"], read["agreement"]["agreed"], read["agreement"]["alpha"]) == (1, 0, None)
    assert [flag["id"] for flag in read["agreement"]["disputed"]] == [flags[0].id]
    [back] = read["back"]["most_active"]
    assert (back["title"], back["recent"], back["before"], back["pause_days"]) == ("Staged attacks", 1, 0, 198)
    assert (read["back"]["count"], read["growing"]["count"]) == (1, 0)

    page = signed_in(archive, "reader", desk.organisation.name).get("/overview").text
    shown = [int(number) for number in re.findall(r'<span class="big-figure">(\d+)</span>', page)]
    assert shown == [read["flags"]["open"], read["predictions"]["lapsed"], read["predictions"]["lapsing"]]

    of_others = client(archive, organisation="Others").get("/v1/overview").json()
    assert (of_others["oldest"], of_others["growing"]["count"]) == (None, 1)

"""A run that makes suggestions says how far it is, and goes on where it stopped."""

from builders import STAGED, draft, signed_in

from app.domain.jobs.background_runs import RunKind
from app.services.suggestions import suggest_narratives


def test_the_page_says_what_is_compared_then_that_it_is_grouped_and_that_it_goes_on(archive, monkeypatch):
    monkeypatch.setattr(suggest_narratives, "_SLICE_S", 0.0)
    monkeypatch.setattr(suggest_narratives, "_AT_ONCE", 2)
    archive.record_statements([draft(f"{STAGED} Number {one}.") for one in range(3)])
    browser = signed_in(archive)

    def after_a_slice():
        archive.archive_runs(RunKind.SUGGESTIONS)
        return browser.get("/suggestions").text

    archive.archive_runs.request(RunKind.SUGGESTIONS)
    assert "Waiting for a worker" in browser.get("/suggestions").text
    comparing = after_a_slice()
    assert "2 of 3 statements compared" in comparing
    assert "goes on in the background, where it stopped" in comparing
    after_a_slice()
    grouping = after_a_slice()
    assert "3 statements compared: they are being grouped" in grouping
    archive.archive_runs.finish(RunKind.SUGGESTIONS)
    ended = browser.get("/suggestions").text
    assert "1 suggestion" in ended
    assert "goes on in the background" not in ended

"""Figures of the database for metrics, over both databases."""

from builders import GRAIN, NOW, STAGED, client, draft

from app.services.observability.ports import ArchiveFigures


def test_figures_of_an_empty_archive_are_zero(archive):
    with archive.store.reading() as tx:
        assert tx.figures.read() == ArchiveFigures()


def test_figures_count_what_there_is(archive):
    desk = client(archive)
    archive.record_statements([draft(STAGED, "2021-01-01", narratives=["Staged"]), draft(GRAIN)])
    desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"})
    desk.post("/v1/imports", content='{"text": "One."}\n{"text": "Two."}\n')
    gone = desk.get("/v1/statements").json()["items"][0]["id"]
    desk.patch(f"/v1/statements/{gone}", json={"withdrawn": True})
    with archive.store.reading() as tx:
        figures = tx.figures.read()
        assert figures.sequence == tx.statements.sequence() > 0
    assert (figures.statements, figures.narratives, figures.open_flags) == (1, 1, 1)
    assert figures.jobs == {("import", "queued"): 1}
    assert (figures.job_lines_left, figures.oldest_job) == (2, NOW)
    assert (figures.deliveries, figures.oldest_delivery, figures.webhooks_disabled) == ({}, None, 0)

"""What Prometheus reads at `/metrics`: what is counted, for whom, and that it answers whatever happens."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import GRAIN, STAGED, client, services
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, text
from starlette.testclient import TestClient

from app.main import create_app
from app.services.webhooks.deliver_events import DeliverEvents


def scraper(archive, address="127.0.0.1", **settings):
    app = create_app(archive, settings=None)
    for name, value in settings.items():
        setattr(app.state, name, value)
    return TestClient(app, client=(address, 50_000))


def samples(answer):
    """Values by the name of the series and its labels."""
    assert answer.status_code == 200, answer.text
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def metrics(archive):
    """What a scrape says: by name and labels."""
    monitor = scraper(archive)

    def read():
        archive.read_figures._read_at = None  # as if 15 seconds had passed
        found = samples(monitor.get("/metrics"))
        return lambda name, **labels: found.get((name, *sorted(labels.items())), 0)

    return read


def test_requests_are_counted_by_template_method_and_status_with_one_label_for_unknown_addresses(desk, metrics):
    before = metrics()
    desk.get("/v1/checks/of-nobody")
    desk.get("/v1/checks/of-nobody-else")
    for number in range(3):
        desk.get(f"/nothing/{number}")
        desk.request(f"METHOD{number}", "/v1/me")
    desk.get("/static/desk.css")
    after = metrics()

    def more(name, **labels):
        return after(name, **labels) - before(name, **labels)

    assert more("refrain_requests_total", method="GET", route="/v1/checks/{check_id}", status="404") == 2
    assert more("refrain_request_seconds_count", method="GET", route="/v1/checks/{check_id}") == 2
    assert more("refrain_requests_total", method="GET", route="unrouted", status="404") == 3
    assert more("refrain_requests_total", method="other", route="/v1/me", status="405") == 3
    assert more("refrain_requests_total", method="GET", route="/static", status="200") == 1
    assert more("refrain_problems_total", problem="not-found", status="404") == 5
    assert more("refrain_problems_total", problem="method-not-allowed", status="405") == 3
    assert after("refrain_requests_in_progress") == 1  # the scrape itself


def test_the_check_of_a_start_is_not_counted(archive, record, metrics):
    record(STAGED, "2021-01-01")
    before = metrics()
    archive.check_statements.warm_up()
    after = metrics()
    assert after("refrain_check_score_count") == before("refrain_check_score_count")
    assert after("refrain_checks_total", language="en") == before("refrain_checks_total", language="en")


def test_checks_are_counted_by_stage_score_tier_language_and_notice(desk, record, metrics):
    record(STAGED, "2021-01-01")
    before = metrics()
    desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23", "language": "en"})
    desk.post("/v1/checks", json={"text": GRAIN, "language": "en"})
    desk.post("/v1/checks", json={"text": GRAIN, "language": "haw"})
    desk.post("/v1/checks", json={"text": "Grain", "language": "de"})
    after = metrics()

    def more(name, **labels):
        return after(name, **labels) - before(name, **labels)

    assert more("refrain_checks_total", language="en") == 2
    assert more("refrain_checks_total", language="other") == 1
    assert more("refrain_checks_total", language="de") == 1
    assert more("refrain_flags_total", tier="near_verbatim") == 1
    assert more("refrain_check_score_count") == 4
    assert more("refrain_check_score_sum") > 0
    assert more("refrain_check_notices_total", notice="one_word") == 1
    for stage, times in (("encode", 4), ("sync", 4), ("search", 3), ("store", 4)):
        assert more("refrain_check_stage_seconds_count", stage=stage) == times
    assert more("refrain_check_stage_seconds_count", stage="explain") >= 1
    assert more("refrain_encoder_batch_texts_sum") == 3, (
        "one of the four texts was recorded, and its encoding is remembered"
    )
    assert after("refrain_encoder_texts_in_progress") == 0
    assert after("refrain_flags_open") == 1


def test_index_archive_and_disk_are_gauges(archive, desk, record, metrics):
    record(STAGED, "2021-01-01")
    gone = record(GRAIN, "2021-01-01")
    desk.patch(f"/v1/statements/{gone['id']}", json={"withdrawn": True})
    with archive.store.writing() as tx:
        tx.statements.next_sequence()
    behind = metrics()
    assert behind("refrain_archive_statements") == 1
    assert behind("refrain_index_lag_changes") > 0
    assert behind("refrain_ready") == 0  # no thread follows the database here
    later = metrics()
    assert later("refrain_index_lag_seconds") > 0
    archive.archive.sync()
    now = metrics()
    assert (now("refrain_index_lag_changes"), now("refrain_index_lag_seconds")) == (0, 0)
    assert now("refrain_index_statements") == 1
    assert now("refrain_index_checkpoint") == now("refrain_archive_sequence")
    assert now("refrain_data_disk_size_bytes") >= now("refrain_data_disk_free_bytes") > 0
    assert now("process_start_time_seconds") > 0
    assert now("process_open_fds") > 0


def test_jobs_and_webhooks_are_counted_by_state(tmp_path):
    built = services(tmp_path, webhook_allowed_hosts="127.0.0.1")
    desk, monitor = client(built), scraper(built)
    hook = desk.post("/v1/webhooks", json={"url": "http://127.0.0.1:1/", "events": ["flag.created"]}).json()
    desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
    before = samples(monitor.get("/metrics"))
    desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"})
    job = desk.post("/v1/imports", content='{"text": "One."}\n{"text": "Two."}\n').json()
    built.read_figures._read_at = None
    waiting = samples(monitor.get("/metrics"))
    assert waiting["refrain_jobs", ("kind", "import"), ("state", "queued")] == 1
    assert waiting["refrain_job_lines_left",] == 2
    assert waiting["refrain_webhook_deliveries", ("state", "pending")] == 1
    assert isinstance(built.deliver_events, DeliverEvents)
    built.deliver_events(hook["id"])
    built.run_jobs(job["id"], 0)
    built.read_figures._read_at = None
    after = samples(monitor.get("/metrics"))
    failed = ("refrain_webhook_attempts_total", ("outcome", "failed"))
    assert after[failed] - before[failed] == 1
    assert after["refrain_jobs", ("kind", "import"), ("state", "done")] == 1
    assert (after["refrain_job_lines_left",], after["refrain_jobs_oldest_unfinished_seconds",]) == (0, 0)
    lines = ("refrain_job_lines_total", ("kind", "import"))
    assert after[lines] - before[lines] == 2
    built.store.close()


def test_errors_of_the_database_are_counted_and_the_scrape_goes_on(archive, desk, metrics):
    before = metrics()
    with archive.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE narratives RENAME TO gone"))
    assert desk.get("/v1/narratives").status_code >= 500
    after = metrics()
    assert after("refrain_database_errors_total", kind="OperationalError") > before(
        "refrain_database_errors_total", kind="OperationalError"
    )
    assert (before("refrain_database_up"), after("refrain_database_up")) == (1, 0)
    with archive.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO narratives"))
    assert metrics()("refrain_database_up") == 1


def test_the_database_is_asked_once_for_scrapes_that_follow_each_other(archive):
    monitor, asked = scraper(archive), []
    event.listen(archive.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    monitor.get("/metrics")
    assert any("FROM narratives" in statement for statement in asked)
    asked.clear()
    with ThreadPoolExecutor(4) as pool:
        assert {one.status_code for one in pool.map(lambda _: monitor.get("/metrics"), range(8))} == {200}
    assert [statement for statement in asked if "FROM narratives" in statement] == []


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 401),
        ("testclient", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 401),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.1"}, 401),
    ],
)
def test_without_a_token_only_this_machine_reads_it(archive, address, headers, status):
    answer = scraper(archive, address).get("/metrics", headers=headers)
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "REFRAIN_METRICS_TOKEN" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer another"}, 401),
        ({"Authorization": "Basic secret-of-it"}, 401),
        ({"Authorization": "Bearer secret-of-it"}, 200),
        ({"Authorization": "bearer secret-of-it", "X-Forwarded-For": "192.0.2.1"}, 200),
    ],
)
def test_with_a_token_everybody_needs_it(archive, address, headers, status):
    answer = scraper(archive, address, metrics_token="secret-of-it").get("/metrics", headers=headers)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"].startswith("text/plain; version=")


def test_nothing_of_an_organisation_and_no_text_is_in_it(archive, desk, record):
    record(STAGED, "2021-01-01", source={"name": "Periwinkle"}, speaker="Periwinkle")
    desk.post("/v1/checks", json={"text": STAGED})
    desk.get("/v1/statements/periwinkle")
    said = scraper(archive).get("/metrics").text
    me = desk.get("/v1/me").json()
    for word in ("White Helmets", "eriwinkle", me["organisation"]["id"], me["key"]["id"], '"Desk"'):
        assert word not in said
    routes = set(re.findall(r'route="([^"]+)"', said))
    assert "/v1/statements/{statement_id}" in routes


def test_a_key_of_the_api_does_not_open_it(archive):
    assert client(archive).get("/metrics").status_code == 401

"""The dashboard and the alert rules load, ask only for metrics that the service has, and each alert says what to do."""

import json
import re
from pathlib import Path

import promql_parser
import pytest
import yaml
from builders import STAGED, client, services
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import DatabaseError
from starlette.testclient import TestClient

from app.main import create_app

ROOT = Path(__file__).resolve().parents[2]
DASHBOARD = json.loads((ROOT / "deploy/grafana/refrain.json").read_text("utf-8"))
ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
GUIDE = (ROOT / "docs/operations.md").read_text("utf-8")
VARIABLES = {"$__rate_interval": "5m", "$job": "refrain", "$instance": ".+"}
_OF_PROMETHEUS = {"up"}


def expressions():
    yield from ((rule["alert"], rule["expr"]) for rule in RULES)
    for panel in DASHBOARD["panels"]:
        for target in panel.get("targets", ()):
            expression = target["expr"]
            for variable, value in VARIABLES.items():
                expression = expression.replace(variable, value)
            yield panel["title"], expression


def selected(node):
    """Selectors of an expression: name of the metric, and the labels that are compared with a value."""
    if isinstance(node, promql_parser.MatrixSelector):
        node = node.vector_selector
    if isinstance(node, promql_parser.VectorSelector):
        yield node.name, {one.name: one for one in node.matchers.matchers}
        return
    for part in ("lhs", "rhs", "expr", "param"):
        if (inner := getattr(node, part, None)) is not None:
            yield from selected(inner)
    for inner in getattr(node, "args", ()):
        yield from selected(inner)


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """Labels of each series that a service gives after some traffic, by the name of the metric."""
    built = services(tmp_path_factory.mktemp("monitored"))
    desk = client(built)
    desk.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
    desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"})
    desk.get("/v1/checks/nothing")
    with built.store.engine.connect() as connection, pytest.raises(DatabaseError):
        connection.exec_driver_sql("SELECT none_of_these")
    answer = TestClient(create_app(built), client=("127.0.0.1", 50_000)).get("/metrics")
    built.store.close()
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


@pytest.mark.parametrize(("where", "expression"), list(expressions()), ids=lambda one: one[:30])
def test_every_expression_parses_and_names_metrics_and_labels_that_there_are(series, where, expression):
    names = dict(selected(promql_parser.parse(expression)))
    assert names or "time()" in expression
    for name, matchers in names.items():
        if name not in _OF_PROMETHEUS:
            assert name in series, f"{where}: no metric {name}"
            labels = {label for one in series[name] for label in one} | {"job", "instance"}
            assert set(matchers) <= labels, f"{where}: {name} has no label {set(matchers) - labels}"


def test_grouped_labels_are_those_that_metrics_have(series):
    known = {label for many in series.values() for one in many for label in one} | {"instance", "job"}
    for where, expression in expressions():
        for group in re.findall(r"(?:by|ignoring|on) \(([^)]*)\)", expression):
            assert {label.strip() for label in group.split(",") if label.strip()} <= known, where


def test_no_label_has_more_values_than_the_program_has_names(series):
    for name, many in series.items():
        labels = {label for one in many for label in one} - {"le", "route", "version", "embedder", "policy"}
        assert labels <= {"method", "status", "problem", "stage", "language", "tier", "notice", "kind", "state",
                          "outcome", "implementation", "major", "minor", "patchlevel"}, name  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_each_alert_says_what_to_do_where_it_points(rule):
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+[smhd]", rule["for"])
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert rule["annotations"]["summary"]
    page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert page == "docs/operations.md"
    headings = {heading.strip().lower(): heading for heading in re.findall(r"^#### (.+)$", GUIDE, re.MULTILINE)}
    assert anchor in headings
    _, _, after = GUIDE.partition(f"#### {headings[anchor]}\n")
    assert len(after.partition("\n#")[0].split()) > 12


def test_alerts_are_each_there_once_and_every_heading_is_of_one():
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
    assert set(re.findall(r"^#### (Refrain\w+)$", GUIDE, re.MULTILINE)) == set(names)


def test_panels_of_the_dashboard_lie_beside_each_other_and_have_ids_of_their_own():
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells


def test_every_metric_of_the_service_is_in_the_guide(series):
    written = set(re.findall(r"`(refrain_\w+)`", GUIDE))
    counted = {re.sub(r"_(bucket|sum|count|created)$", "", name) for name in series if name.startswith("refrain_")}
    assert counted == written

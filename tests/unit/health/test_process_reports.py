"""Reports of processes that serve together, in memory that they share."""

import os

import pytest

from app.services.health import process_reports
from app.services.health.process_reports import ProcessReports


@pytest.fixture
def reports():
    return ProcessReports(3)


def test_a_forked_process_reports_to_the_others(reports):
    process_id = os.fork()
    if not process_id:
        reports.of_process(2).write(["the disk is full", "Індекс завантажується"], 7, 5)
        os._exit(0)
    os.waitpid(process_id, 0)
    [report] = reports.all()
    assert (report.number, report.process_id, report.index_size, report.index_checkpoint) == (2, process_id, 7, 5)
    assert report.faults == ["process 2: the disk is full", "process 2: Індекс завантажується"]
    assert reports.of_process(2).others() == []
    assert reports.of_process(1).others() == [report]


def test_a_report_is_replaced_and_removed(reports):
    for number in (1, 3):
        reports.of_process(number).write(["loading " * 20], 0, 0)
    reports.of_process(3).write([], 1, 1)
    assert [(report.number, report.faults == []) for report in reports.all()] == [(1, False), (3, True)]
    reports.remove(1)
    assert [report.number for report in reports.all()] == [3]


def test_what_is_too_long_is_cut(reports):
    reports.of_process(1).write(["Ї" * 5_000] * 30, 0, 0)
    reports.of_process(2).write([], 0, 0)
    long, short = reports.all()
    assert long.reasons
    assert set(long.reasons) == {"Ї" * 1_000}
    assert short.faults == []


def test_a_report_that_was_written_in_part_is_none(reports):
    reports.of_process(1).write(["one"], 0, 0)
    reports._memory[20:30] = b"x" * 10
    assert reports.all() == []


def test_a_process_is_silent_some_seconds_after_its_last_report(reports, monkeypatch):
    reports.of_process(1).write([], 0, 0)
    [report] = reports.all()
    monkeypatch.setattr(process_reports.time, "monotonic", lambda: report.at + 8)
    assert report.faults == ["process 1 has not answered for 7 seconds"]


def test_a_process_alone_has_no_reports():
    alone = ProcessReports()
    alone.write([], 0, 0)
    alone.remove(0)
    assert alone.all() == alone.others() == []

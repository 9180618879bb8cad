"""The load of `bench/side_by_side.py` counts what it says, against a service that answers, refuses or fails."""

import itertools
import socketserver
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bench"))

from comparison.chart import line_chart
from comparison.connection import written
from comparison.load import closed_loop, open_loop
from comparison.markers import write_between

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
IN_CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
BROKEN = b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"
REQUEST = written("GET", "/", {})


@contextmanager
def service(answer, takes_s=0.005):
    """A port that answers the n-th request with `answer(n)`, each after a while; closes the connection for None."""
    numbers = itertools.count(1)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            while self.rfile.readline():
                while self.rfile.readline().strip():
                    pass
                said = answer(next(numbers))
                if said is None:
                    return
                time.sleep(takes_s)
                self.wfile.write(said)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def test_a_closed_loop_counts_answers_of_all_its_clients():
    with service(lambda n: OK if n % 2 else IN_CHUNKS) as port:
        asked_by = set()
        block = closed_loop(port, lambda client: asked_by.add(client) or REQUEST, clients=4, seconds=0.3)
    assert asked_by == {0, 1, 2, 3}
    assert block.latencies_ms
    assert min(block.latencies_ms) >= 5
    assert block.rate == pytest.approx(len(block.latencies_ms) / 0.3)
    assert (block.refused, block.failed) == (0, 0)


def test_what_is_refused_is_counted_and_sent_again_and_waits_in_its_latency():
    with service(lambda n: BUSY if n % 2 else OK) as port:
        block = closed_loop(port, lambda _: REQUEST, clients=1, seconds=0.3)
    assert block.refused > 0
    assert block.failed == 0
    assert min(block.latencies_ms) >= 10


@pytest.mark.parametrize("fault", [BROKEN, None], ids=["an error", "a closed connection"])
def test_what_fails_is_counted_and_is_no_answer(fault):
    with service(lambda n: fault if n % 3 == 0 else OK) as port:
        block = open_loop(port, lambda _: REQUEST, rate=100, seconds=0.3)
    assert block.failed == 10
    assert len(block.latencies_ms) == 20


def test_latencies_of_an_open_loop_count_from_the_intended_moment():
    with service(lambda _: OK, takes_s=0.05) as port:
        quick = open_loop(port, lambda _: REQUEST, rate=50, seconds=0.4)
        late = open_loop(port, lambda _: _slept(0.05), rate=50, seconds=0.4)
    assert len(quick.latencies_ms) == len(late.latencies_ms) == 20
    assert max(late.latencies_ms) > 300  # who sends late waits for what was sent late before


def _slept(seconds):
    time.sleep(seconds)
    return REQUEST


def test_a_part_of_a_page_is_written_between_its_markers(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- one -->\nold\n<!-- end -->\n<!-- other -->\nkept\n<!-- end -->\n", "utf-8")
    write_between(page, "one", "new\n")
    write_between(page, "one", "newer\n")
    assert page.read_text("utf-8") == (
        "before\n<!-- one -->\nnewer\n<!-- end -->\n<!-- other -->\nkept\n<!-- end -->\n"
    )
    with pytest.raises(ValueError, match="no <!-- third -->"):
        write_between(page, "third", "new\n")


def test_a_chart_has_a_line_and_a_name_for_each_series():
    points = [(1_000, 10.0), (1_000_000, 30.0)]
    drawn = ElementTree.fromstring(line_chart("Cost", "size", "ms", {"a < b": points, "c": points[:1]}))
    words = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a < b", "c", "1,000", "1,000,000", "0", "30"} <= set(words)
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 3

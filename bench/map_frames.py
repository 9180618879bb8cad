"""Smoothness of the map: times between frames in Chromium while it is panned, zoomed and played.

    python bench/map_frames.py [--points 50000] [--seconds 6]

An archive with synthetic statements at random positions is served, and a headless Chromium draws it at 1280 by 900
pixels, without a graphics card. Prints the median and the 95th percentile of the time between frames
(`requestAnimationFrame`), and the processor time of the page's main thread a frame, which says what an idle machine
would do where this one is busy: a frame is smooth below 16 ms. What it is at is printed to standard error.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import sync_playwright
from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from builders import PASSWORD, account, services
from serving import serving_app

from app.admin_wiring import now
from app.domain.jobs.background_runs import RunKind
from app.main import create_app
from app.settings import Settings
from app.store.map.map_tables import map_positions
from app.store.tables import narratives, statement_narratives, statements

_DAY = 86_400_000_000
_AT_ONCE = 1_000
BEGAN = time.perf_counter()
WARM_UP_S = 1
"""Seconds of each act before it is measured: the browser compiles the scripts meanwhile."""

FRAMES = """async ([act, seconds]) => {
  const map = document.querySelector("[data-map]"), chart = map.chartOfMap, times = [];
  const acts = {
    pan: (at) => { const x = 800 * Math.sin(at / 20); return [x + 900, x + 3100]; },
    zoom: (at) => { const half = 1000 + 900 * Math.sin(at / 30); return [2048 - half, 2048 + half]; },
  };
  if (act === "play") document.querySelector("[data-map-play]").click();
  await new Promise((done) => {
    let before = performance.now(), at = 0;
    const ends = before + seconds * 1000;
    const frame = () => {
      const now = performance.now();
      times.push(now - before);
      before = now;
      if (acts[act]) {
        const [startValue, endValue] = acts[act](at++);
        chart.dispatchAction({ type: "dataZoom", batch: [0, 1].map((dataZoomIndex) => ({ dataZoomIndex, startValue, endValue })) });
      }
      if (now < ends) requestAnimationFrame(frame); else done();
    };
    requestAnimationFrame(frame);
  });
  if (act === "play" && document.querySelector("[data-map-play-label]").textContent === map.dataset.pause) document.querySelector("[data-map-play]").click();
  return times.slice(1);
}"""


def fill(built, points: int) -> None:
    """Statements without vectors, at positions in 40 heaps; every third one belongs to one of twenty narratives."""
    drawn = random.Random(0)
    moment = now()
    with built.store.writing(durable=False) as tx:
        run = tx._connection.execute
        titles = [
            {"id": f"n-{number}", "title": f"Narrative number {number}", "created_at": moment}
            for number in range(1, 21)
        ]
        run(insert(narratives), titles)
        sequence = tx.statements.next_sequence()
        for start in range(0, points, _AT_ONCE):
            rows, places, links = [], [], []
            for key in range(start + 1, min(start + _AT_ONCE, points) + 1):
                begins = drawn.randint(16_000, 20_000) * _DAY
                rows.append(
                    {
                        "key": key, "id": f"s-{key}", "identity": f"s-{key}", "text": f"Statement number {key}.",
                        "language": drawn.choice(("en", "ru", "uk", "de")), "said_at": "2020", "said_begins": begins,
                        "said_ends": begins + _DAY, "learned_at": moment, "metadata": {}, "created_at": moment,
                        "updated_at": moment, "sequence": sequence,
                    }
                )  # fmt: skip
                heap = random.Random(key % 40)
                x, y = (min(1.0, max(0.0, drawn.gauss(heap.random(), 0.05))) for _ in range(2))
                places.append({"statement_key": key, "x": x, "y": y, "laid_out": True})
                if key % 3 == 0:
                    links.append({"statement_key": key, "narrative_key": key % 20 + 1, "learned_at": moment})
            run(insert(statements), rows)
            run(insert(map_positions), places)
            run(insert(statement_narratives), links)
        tx.background_runs.request(RunKind.MAP, moment)
        tx.background_runs.finish(RunKind.MAP, moment)


def thread_time(devtools) -> float:
    """Processor seconds of the page's main thread since it began."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime")


def at_work(stage: str) -> None:
    print(f"{time.perf_counter() - BEGAN:.0f} s: {stage}", file=sys.stderr, flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--points", type=int, default=50_000)
    options.add_argument("--seconds", type=float, default=6)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="refrain-map-") as folder, sync_playwright() as playwright:
        built = services(Path(folder), clock=now)
        fill(built, given.points)
        at_work("the archive is filled")
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        app = create_app(built, Settings(data_dir=Path(folder), work_in_background=False))
        with serving_app(app) as url:
            page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 900})
            page.set_default_timeout(120_000)
            page.goto("/sign-in")
            page.get_by_label("Name").fill(account(built, "analyst").login)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda address: "/sign-in" not in address)
            at_work("signed in")
            with page.expect_response("**/map/points") as answer:
                page.goto("/map", wait_until="commit")
            said = f"{given.points:,} points, {len(answer.value.body()):,} bytes of JSON before compression"
            print(said, flush=True)
            page.locator("[data-map-list] li").first.wait_for()
            at_work("the map is drawn")
            devtools = page.context.new_cdp_session(page)
            devtools.send("Performance.enable")
            print("| | median | 95th percentile | main thread, a frame | frames |\n|---|---|---|---|---|", flush=True)
            for act in ("still", "pan", "zoom", "play"):
                page.evaluate(FRAMES, [act, WARM_UP_S])
                before = thread_time(devtools)
                times = np.array(page.evaluate(FRAMES, [act, given.seconds]))
                each = 1_000 * (thread_time(devtools) - before) / (len(times) + 1)
                figures = (np.median(times), np.percentile(times, 95), each)
                print(f"| {act} | {' | '.join(f'{figure:.0f} ms' for figure in figures)} | {len(times)} |", flush=True)
        browser.close()
        built.store.close()


if __name__ == "__main__":
    main()

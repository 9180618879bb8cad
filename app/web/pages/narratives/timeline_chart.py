"""Timeline of a narrative as a chart: a true time axis, and a row a speaker, outlet or language."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from app.domain.core.dates import Period, instant
from app.domain.core.messages import Messages
from app.domain.narratives.summaries import TimelinePoint, TimelineRows

MOST_ROWS: Final = 10
"""Rows of the chart; the last one holds all others where there are more."""

_AHEAD: Final = timedelta(days=31)
"""What is dated later than this after now is listed beside the chart, and does not stretch its axis."""

_LONGEST_LABEL: Final = 24
_LONGEST_TEXT: Final = 120
_LINE: Final = 44
_CLOSE: Final = 0.012
"""Share of the axis within which two marks of a row would cover each other."""

_OFFSETS: Final = (0, -11, 11)
"""Pixels by which marks that would cover each other are moved out of the middle of their row."""

_ZOOM: Final = {"type": "slider", "xAxisIndex": 0, "height": 22, "filterMode": "none", "showDataShadow": False}
_MARK: Final = 10
_LARGEST: Final = 26
_SYMBOLS: Final = {
    "none": "circle",
    "happened": "rect",
    "did_not_happen": "triangle",
    "unknown": "diamond",
    "disputed": "path://M10,0L20,10L10,20L0,10ZM10,5L5,10L10,15L15,10Z",
    "expired": "path://M0,0H20V20H0ZM5,5V15H15V5Z",
    "open": "path://M10,0A10,10,0,1,1,9.99,0ZM10,5A5,5,0,1,0,10.01,5Z",
}
"""Shapes by outcome: full ones for what is known, those with a hole for what is not settled."""


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Chart of the points that are not dated to the future; `ahead` are those that are."""

    option: dict[str, Any]
    rows: int
    imprecise: bool
    ahead: Sequence[TimelinePoint]


def chart_of(
    points: Sequence[TimelinePoint], rows: TimelineRows, now: datetime, phrases: Messages
) -> TimelineChart | None:
    """Chart of the points, which are in order of time; None where there are none."""
    if not points:
        return None
    limit = instant(now + _AHEAD).begins
    drawn = [point for point in points if point.said_at.begins <= limit]
    ahead = [point for point in points if point.said_at.begins > limit]
    if not drawn:
        drawn, ahead = list(points), []
    labels = _labels(drawn, rows, phrases)
    names = list(dict.fromkeys(label for label, _ in Counter(labels).most_common()))
    if len(names) > MOST_ROWS:
        others = phrases.format_message("narrative-timeline-others", count=len(names) - MOST_ROWS + 1)
        kept = names[: MOST_ROWS - 1]
        labels = [label if label in kept else others for label in labels]
        names = [*kept, others]
    first = min(point.said_at.begins for point in drawn)
    last = max(min(point.said_at.ends, limit) for point in drawn)
    pad = max((last - first) // 40, 86_400_000_000 * 3)
    kinds = list(dict.fromkeys(point.outcome or "none" for point in drawn))
    placed = _placed(drawn, labels, names, last - first + 2 * pad, phrases)
    series: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "name": _kind_name(kind, phrases),
            "symbol": _SYMBOLS[kind],
            "symbolSize": _MARK,
            "data": placed[kind],
            "z": 3,
        }
        for kind in kinds
    ]
    ranges = _ranges(drawn, labels, names, limit)
    if ranges:
        line = {"width": 5, "opacity": 0.35, "cap": "round"}
        silent = {"type": "line", "data": ranges, "connectNulls": False, "symbol": "none", "lineStyle": line}
        series.append({**silent, "silent": True, "tooltip": {"show": False}, "animation": False})
    option = {
        "animation": False,
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 64, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "legend": {
            "show": kinds != ["none"],
            "type": "scroll",
            "top": 0,
            "data": [_kind_name(kind, phrases) for kind in kinds],
        },
        "xAxis": {"type": "time", "min": (first - pad) // 1000, "max": (last + pad) // 1000},
        "yAxis": {"type": "category", "data": names, "inverse": True, "splitLine": {"show": True}},
        "dataZoom": [{**_ZOOM, "bottom": 8}],
        "series": series,
    }
    return TimelineChart(option, len(names), bool(ranges), ahead)


def row_of(point: TimelinePoint, rows: TimelineRows, phrases: Messages) -> str:
    """Row that a point stands in, in words."""
    if rows == "language":
        return phrases.format_message("language-name", code=point.language or "und")
    name = point.speaker if rows == "speaker" else point.source
    return _cut(name, _LONGEST_LABEL) if name else phrases.format_message(f"narrative-timeline-no-{rows}")


def _labels(points: Sequence[TimelinePoint], rows: TimelineRows, phrases: Messages) -> list[str]:
    return [row_of(point, rows, phrases) for point in points]


def _kind_name(kind: str, phrases: Messages) -> str:
    if kind == "none":
        return phrases.format_message("narrative-kind-none")
    return phrases.format_message(f"badge-outcome-{kind}")


def _placed(
    points: Sequence[TimelinePoint], labels: Sequence[str], names: Sequence[str], span: int, phrases: Messages
) -> dict[str, list[dict[str, Any]]]:
    """Data items by outcome. Marks of a row that would cover each other take turns above and below its middle."""
    ends: dict[str, list[float]] = defaultdict(lambda: [float("-inf")] * len(_OFFSETS))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for point, label in zip(points, labels, strict=True):
        middle = _middle(point.said_at)
        lanes = ends[label]
        lane = next((free for free, end in enumerate(lanes) if end <= middle), lanes.index(min(lanes)))
        lanes[lane] = middle + _CLOSE * span
        item: dict[str, Any] = {
            "value": [middle // 1000, names.index(label)],
            "name": _tooltip(point, phrases),
            "url": point.url,
            "symbolOffset": [0, _OFFSETS[lane]],
        }
        if point.count > 1:
            item["symbolSize"] = min(_LARGEST, _MARK + 2 * point.count**0.5)
        found[point.outcome or "none"].append(item)
    return found


def _ranges(points: Sequence[TimelinePoint], labels: Sequence[str], names: Sequence[str], limit: int) -> list[Any]:
    """Lines from the beginning to the end of each imprecise date, with gaps between them."""
    found: list[Any] = []
    for point, label in zip(points, labels, strict=True):
        said_at, row = point.said_at, names.index(label)
        if said_at.precision in ("year", "month"):
            found += [[said_at.begins // 1000, row], [min(said_at.ends, limit) // 1000, row], [None, row]]
    return found


def _middle(period: Period) -> int:
    return (period.begins + period.ends) // 2


def _tooltip(point: TimelinePoint, phrases: Messages) -> str:
    """Lines of a tooltip, drawn as they are: when and by whom, then what was said."""
    when = phrases.format_message("narrative-timeline-when", when=_day(point.said_at))
    by = " · ".join(part for part in (when, point.speaker, point.source) if part)
    said = phrases.format_message("narratives-count", count=point.count) if point.count > 1 else point.text
    return "\n".join([*_wrapped(by), *_wrapped(_cut(said, _LONGEST_TEXT))])


def _day(period: Period) -> Period:
    """The date of a moment, which is told to the day."""
    if period.precision != "instant":
        return period
    moment = datetime.fromtimestamp(period.begins / 1_000_000, UTC).date()
    return Period(moment.isoformat(), "day", period.begins, period.ends)


def _wrapped(text: str) -> list[str]:
    """Lines of at most 44 characters, broken at blanks where there are any."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word[: _LINE * 2])
    return lines


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"

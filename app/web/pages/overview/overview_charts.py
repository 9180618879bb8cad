"""Charts of the overview, as options of ECharts: figures, names and links; colours and patterns are the script's."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from app.domain.core.messages import Messages
from app.domain.desk.annotations import Facet
from app.domain.desk.flags import FlagState
from app.domain.overview.overview import FlagsOfDay

STATES: Final[tuple[FlagState, ...]] = ("open", "confirmed", "dismissed")
Option = dict[str, Any]


def day_url(day: FlagsOfDay, state: str = "any") -> str:
    """Address of the flags of a day in a state."""
    return "/?" + urlencode({"state": state, "flagged_on": day.day.isoformat()})


def facet_url(name: str, facet: Facet) -> str:
    """Address of all flags with a facet value."""
    return "/?" + urlencode({"state": "any", name: facet.value})


def flags_by_day(days: Sequence[FlagsOfDay], messages: Messages) -> Option:
    """Stacked bars of the flags of each day by state, on an axis of time in UTC."""
    series = [
        {
            "type": "bar",
            "name": messages.format_message(f"badge-state-{state}"),
            "stack": "flags",
            "barMaxWidth": 22,
            "data": [
                {"value": [_milliseconds(day), day.counts.get(state, 0)], "url": day_url(day, state)} for day in days
            ],
        }
        for state in STATES
    ]
    labelled = [_milliseconds(day) for day in days[::-1][::7]]
    labels = {"hideOverlap": True, "formatter": "{d} {MMM}", "customValues": labelled}
    return {
        "useUTC": True,
        "legend": {"bottom": 0},
        "grid": {"left": 8, "right": 16, "top": 12, "bottom": 36, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "time", "axisLabel": labels, "axisTick": {"show": False}},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": series,
    }


def most_frequent(facets: Sequence[tuple[Facet, str]], name: str, label: str) -> Option:
    """Bars of facet values with their labels, the most frequent at the top; `name` is that of the filter."""
    return {
        "grid": {"left": 8, "right": 40, "top": 4, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "minInterval": 1, "show": False},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "axisTick": {"show": False},
            "axisLabel": {"width": 120, "overflow": "truncate"},
            "data": [said for _, said in facets],
        },
        "series": [
            {
                "type": "bar",
                "name": label,
                "barMaxWidth": 18,
                "label": {"show": True, "position": "right"},
                "data": [{"value": facet.count, "url": facet_url(name, facet)} for facet, _ in facets],
            }
        ],
    }


def _milliseconds(day: FlagsOfDay) -> int:
    return int(datetime.combine(day.day, time(), UTC).timestamp() * 1000)

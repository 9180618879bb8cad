"""Output of `refrain suggest`: each group with its common script, for a person at a terminal or as JSON."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from app.cli.console import json_of
from app.domain.core.messages import Messages
from app.domain.suggestions.suggestions import OfferedGroup

_INDENT = (0, 0, 0, 3)


def suggestions(console: Console, phrases: Messages, groups: Sequence[OfferedGroup], limit: int) -> None:
    """Prints how many groups there are, and the first ones, the largest and strongest, with all their statements."""
    console.print(phrases.format_message("printed-suggestions", count=len(groups)), style="bold")
    for number, group in enumerate(groups[:limit], start=1):
        console.print()
        console.print(Text.assemble((f"{number}. ", "bold"), (group.headline, "bold")))
        console.print(Padding(Text(" · ".join(_facts(phrases, group)), "dim"), _INDENT))
        console.print(Padding(_script(phrases, group), _INDENT))
        for one in group.in_order:
            when = phrases.format_message("printed-day", when=one.said_at) if one.said_at else None
            said = when or phrases.format_message("printed-undated")
            console.print(Padding(Text(f"{said}: {one.text}"), _INDENT))
    if len(groups) > limit:
        console.print()
        console.print(phrases.format_message("printed-suggestions-more", count=len(groups) - limit), style="dim")


def as_json(groups: Sequence[OfferedGroup]) -> str:
    """JSON of groups, with their statements in order of time."""
    return json_of([_record(group) for group in groups], indent=2)


def _facts(phrases: Messages, group: OfferedGroup) -> list[str]:
    return [
        phrases.format_message("printed-suggestion-size", count=len(group.statements)),
        phrases.format_message("printed-score", score=f"{group.suggestion.strength:.2f}"),
        ", ".join(group.languages),
        *filter(None, [", ".join(group.speakers)]),
    ]


def _script(phrases: Messages, group: OfferedGroup) -> str:
    if not group.suggestion.phrases:
        return phrases.format_message("printed-suggestion-no-script")
    return " … ".join(
        phrases.format_message(
            "printed-suggestion-phrase", text=phrase.text, count=phrase.members, of=group.suggestion.compared
        )
        for phrase in group.suggestion.phrases
    )


def _record(group: OfferedGroup) -> dict[str, object]:
    return {
        "id": group.suggestion.id,
        "headline": group.headline,
        "score": round(group.suggestion.strength, 4),
        "private": group.suggestion.owner is not None,
        "compared": group.suggestion.compared,
        "phrases": [{"text": phrase.text, "statements": phrase.members} for phrase in group.suggestion.phrases],
        "statements": [
            {
                "id": one.id,
                "text": one.text,
                "language": one.language,
                "said_at": one.said_at.text if one.said_at else None,
                "speaker": one.speaker,
            }
            for one in group.in_order
        ],
    }

"""Terminal output of a check: the summary, then each precedent with its explanation."""

from collections.abc import Iterable
from functools import reduce

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.domain.checks.checks import Check, Match
from app.domain.core.messages import Messages
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import RoleSpan
from app.domain.narratives.timeline import Timeline
from app.domain.statements.statements import Finding
from app.language.explanation.timeline_summary import TimelineSummaryRow, summary_row, timeline_summary

_REPEATED = "underline"
_CHANGED = "bold yellow"
_MOST_TIMELINE_ROWS = 9


def check(console: Console, phrases: Messages, answer: Check) -> None:
    """Prints the statement, the summary, and each precedent in turn.

    What was said before is underlined in both texts, what changed is bold; the statement is marked for the first one.
    """
    first = next(iter(answer.matches), None)
    dated = (
        phrases.format_message("printed-statement", when=answer.said_at)
        if answer.said_at
        else phrases.format_message("printed-statement-now")
    )
    console.print(dated, style="bold")
    console.print(_statement(answer.text, first))
    console.print()
    if answer.notice:
        console.print(answer.notice.detail, style="yellow")
        if answer.notice.code == "one_word":
            return
    if answer.summary is None:
        console.print(phrases.format_message("printed-nothing"))
        return
    flag = (
        Text(phrases.format_message("printed-flagged"), "bold red")
        if answer.flagged
        else Text(phrases.format_message("printed-not-flagged"))
    )
    console.print(Text.assemble(flag, "  ", (answer.summary, "bold")))
    if console.is_terminal and first and (first.repeated or first.changed):
        console.print(phrases.format_message("printed-marks"), style="dim")
    script = ""
    for number, match in enumerate(answer.matches, start=1):
        console.print()
        console.print(Text.assemble((f"{number}. ", "bold"), match.explanation or ""))
        console.print(_indented(" · ".join(_match_facts(phrases, match)), "dim"))
        console.print(_indented(_precedent(match)))
        titles = "; ".join(narrative.title for narrative in match.precedent.narratives)
        if titles and titles != script:
            console.print(_indented(phrases.format_message("printed-script", titles=titles), "dim"))
        script = titles
        for finding in match.precedent.findings:
            console.print(_indented(_finding_text(phrases, finding), "green"))
            if finding.url:
                console.print(Text(f"   {finding.url}", "dim"), soft_wrap=True)


def print_timeline(console: Console, phrases: Messages, answer: Check, timeline: Timeline) -> None:
    """Prints the timeline of a check's script, a line or two an appearance, with the checked statement last."""
    day = answer.said_at
    before = [entry for entry in timeline.entries if entry.said_at and day and entry.said_at.ends <= day.begins]
    rows = timeline_summary(before, phrases, _MOST_TIMELINE_ROWS)
    if not rows:
        return
    console.print()
    console.print(phrases.format_message("printed-years", shown=len(rows), count=len(before)), style="bold")
    lines = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        lines.add_row(phrases.format_message("printed-day", when=row.said_at), Text(_timeline_row_text(phrases, row)))
    now = _statement_row(answer, phrases)
    if now:
        lines.add_row(
            phrases.format_message("printed-day", when=now.said_at),
            Text(_timeline_row_text(phrases, now)),
            style="bold",
        )
    console.print(Padding(lines, (0, 0, 0, 3), expand=False))


def _statement_row(answer: Check, phrases: Messages) -> TimelineSummaryRow | None:
    """Timeline row of the checked statement: its spans are those aligned with its first precedent, or new."""
    match = answer.matches[0]
    role_spans = [RoleSpan(span.role, span.statement) for span in (*match.repeated, *match.changed)]
    role_spans += [RoleSpan(span.role, span.statement) for span in match.added]
    if answer.said_at is None:
        return None
    return summary_row(answer.text, answer.language.code, role_spans, answer.said_at, answer.speaker, phrases)


def _timeline_row_text(phrases: Messages, row: TimelineSummaryRow) -> str:
    named = [*row.things, row.place] if row.place else row.things
    parts = reduce(lambda before, part: phrases.format_message("printed-part-next", before=before, part=part), named)
    return phrases.format_message("printed-telling", parts=parts, who=row.who) if row.who else parts


def _statement(text: str, match: Match | None) -> Text:
    if match is None:
        return Text(text)
    repeated = [span.statement for span in match.repeated]
    return _marked(
        text, repeated, [*(span.statement for span in match.changed), *(span.statement for span in match.added)]
    )


def _precedent(match: Match) -> Text:
    repeated = [span.precedent for span in match.repeated]
    changed = [*(span.precedent for span in match.changed), *(span.precedent for span in match.removed)]
    return _marked(match.precedent.text, repeated, changed)


def _marked(text: str, repeated: Iterable[TextQuote], changed: Iterable[TextQuote]) -> Text:
    marked = Text(text)
    for style, quotes in ((_REPEATED, repeated), (_CHANGED, changed)):
        for quote in quotes:
            marked.stylize(style, quote.start, quote.end)
    return marked


def _match_facts(phrases: Messages, match: Match) -> list[str]:
    """The date, speaker, tier and score of a match, for one line."""
    days, bound = match.days_before, match.precedent.said_before
    when = (
        phrases.format_message("printed-said-before", when=bound) if days is None and bound
        else phrases.format_message("printed-undated") if days is None
        else phrases.format_message("printed-before" if days >= 0 else "printed-after", days=abs(days))
    )  # fmt: skip
    alike = phrases.format_message(f"printed-tier-{match.tier}" if match.tier else "printed-below")
    withdrawn = [phrases.format_message("printed-withdrawn")] if match.precedent.withdrawn else []
    return [when, alike, phrases.format_message("printed-score", score=f"{match.score:.2f}"), *withdrawn]


def _finding_text(phrases: Messages, finding: Finding) -> str:
    if finding.publisher:
        found = phrases.format_message("printed-found-by", publisher=finding.publisher, verdict=finding.verdict)
    else:
        found = phrases.format_message("printed-found", verdict=finding.verdict)
    return phrases.format_message("printed-summary", found=found, summary=finding.summary) if finding.summary else found


def _indented(text: str | Text, style: str = "") -> Padding:
    return Padding(Text(text, style) if isinstance(text, str) else text, (0, 0, 0, 3), expand=False)

"""Terminal output of an article: each claim in it with its speaker and date, and the precedents."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from app.cli.console import json_of
from app.domain.checks.checks import Precedent
from app.domain.core.messages import Messages
from app.domain.documents.documents import CheckedClaim, Claim, Document
from app.schemas.checks import CheckOut
from app.schemas.documents import DocumentOut


def document(console: Console, phrases: Messages, answer: Document) -> None:
    """Prints an article: its claims in order, each with its check."""
    read = answer.read
    if not answer.statements:
        console.print(phrases.format_message("printed-no-claims"))
    if not read.attributions_read:
        console.print(phrases.format_message("printed-no-attributions"))
    for number, checked_claim in enumerate(answer.statements, start=1):
        if number > 1:
            console.print()
        _statement(console, phrases, number, checked_claim)
    if read.left_out:
        console.print(f"\n{phrases.format_message('printed-left-out')}", style="dim")
    for left in read.left_out:
        claim = _attribution(phrases, left.claim)
        one = phrases.format_message("printed-left-out-one", claim=claim, text=left.claim.text, why=left.reason)
        console.print(_indented(one, "dim"))
    for date in read.dates_unresolved:
        console.print(Text(phrases.format_message("printed-no-date", words=date.exact), "dim"))
    if read.published_from == "page" and read.published_at:
        console.print(Text(phrases.format_message("printed-published", when=read.published_at), "dim"))


def document_as_json(answer: Document) -> str:
    """JSON of an article as the API answers it; it is not stored, so its checks have no pages."""
    shown = DocumentOut.of(answer, CheckOut.model_validate).model_dump(
        mode="json", exclude={"statements": {"__all__": {"check": {"html_url"}}}}
    )
    return json_of(shown, indent=2)


def _statement(console: Console, phrases: Messages, number: int, checked: CheckedClaim) -> None:
    claim, check = checked.claim, checked.check
    label = check.stance.label
    stance = "" if label == "assertion" else f"  [{phrases.format_message('printed-stance', stance=label or 'none')}]"
    console.print(Text.assemble((f"{number}. {_attribution(phrases, claim)}", "bold"), stance))
    console.print(_indented(claim.text))
    if check.summary is None:
        console.print(_indented(phrases.format_message("printed-nothing"), "dim"))
        return
    if check.flagged:
        flag = Text(f" {phrases.format_message('printed-flagged')} ", "bold white on red")
    else:
        flag = Text(f" {phrases.format_message('printed-not-flagged')} ", "dim")
    console.print(Padding(Text.assemble(flag, " ", check.summary), (0, 0, 0, 3)))
    for match in check.matches:
        precedent = match.precedent
        when = _when(phrases, precedent)
        known = [part for part in (precedent.speaker, precedent.source.name) if part]
        who = ", ".join(known) or phrases.format_message("printed-speaker-unknown")
        console.print(_indented(f"{when}  {who}  [{match.score:.2f}]  {precedent.text}", "cyan"))


def _when(phrases: Messages, precedent: Precedent) -> str:
    if precedent.said_at:
        return phrases.format_message("printed-day", when=precedent.said_at)
    if precedent.said_before:
        return phrases.format_message("printed-said-before", when=precedent.said_before)
    return phrases.format_message("printed-undated")


def _attribution(phrases: Messages, claim: Claim) -> str:
    if claim.own and claim.speaker is None:
        return phrases.format_message("printed-own")
    who = claim.speaker or phrases.format_message("printed-speaker-unnamed")
    return (
        phrases.format_message("printed-claim", who=who, when=claim.said_at)
        if claim.said_at
        else phrases.format_message("printed-claim-undated", who=who)
    )


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style), (0, 0, 0, 3))

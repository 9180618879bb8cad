"""Terminal output of an article: each claim in it with its speaker and date, and the precedents."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from app.cli.console import json_of
from app.domain.checks.checks import Precedent
from app.domain.documents.documents import CheckedClaim, Claim, Document, WhyLeftOut
from app.schemas.checks import CheckOut
from app.schemas.documents import DocumentOut

_WHY: dict[WhyLeftOut, str] = {
    "background": "background",
    "too_many": "over the number that is checked of one article",
    "too_long": "longer than a check may be",
}


def document(console: Console, answer: Document) -> None:
    """Prints an article: its claims in order, each with its check."""
    read = answer.read
    if not answer.statements:
        console.print("Nobody is said to have said anything, and nothing is asserted that could be checked.")
    if not read.attributions_read:
        console.print("Who says what is not told in this language: each sentence was checked by itself.")
    for number, checked_claim in enumerate(answer.statements, start=1):
        if number > 1:
            console.print()
        _statement(console, number, checked_claim)
    if read.left_out:
        console.print("\nNot checked:", style="dim")
    for left in read.left_out:
        console.print(_indented(f"{_attribution(left.claim)}: {left.claim.text} ({_WHY[left.reason]})", "dim"))
    for date in read.dates_unresolved:
        console.print(Text(f'"{date.exact}" is no date that can be worked out.', "dim"))
    if read.published_from == "page" and read.published_at:
        console.print(Text(f"Published on {read.published_at.text}, by what the page says of itself.", "dim"))


def document_as_json(answer: Document) -> str:
    """JSON of an article as the API answers it; it is not stored, so its checks have no pages."""
    shown = DocumentOut.of(answer, CheckOut.model_validate).model_dump(
        mode="json", exclude={"statements": {"__all__": {"check": {"html_url"}}}}
    )
    return json_of(shown, indent=2)


def _statement(console: Console, number: int, checked: CheckedClaim) -> None:
    claim, check = checked.claim, checked.check
    stance = "" if check.stance.label == "assertion" else f"  [{check.stance.label or 'stance not read'}]"
    console.print(Text.assemble((f"{number}. {_attribution(claim)}", "bold"), stance))
    console.print(_indented(claim.text))
    if check.summary is None:
        console.print(_indented("Nothing like it is in the archive.", "dim"))
        return
    flag = Text(" FLAGGED ", "bold white on red") if check.flagged else Text(" not flagged ", "dim")
    console.print(Padding(Text.assemble(flag, " ", check.summary), (0, 0, 0, 3)))
    for match in check.matches:
        precedent = match.precedent
        when = _when(precedent)
        who = ", ".join(part for part in (precedent.speaker, precedent.source.name) if part) or "speaker not known"
        console.print(_indented(f"{when}  {who}  [{match.score:.2f}]  {precedent.text}", "cyan"))


def _when(precedent: Precedent) -> str:
    if precedent.said_at:
        return precedent.said_at.text
    return f"before {precedent.said_before.text} (date of the review)" if precedent.said_before else "undated"


def _attribution(claim: Claim) -> str:
    if claim.own and claim.speaker is None:
        return "the text itself"
    return f"{claim.speaker or 'speaker not named'}, {claim.said_at.text if claim.said_at else 'undated'}"


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(text, style), (0, 0, 0, 3))

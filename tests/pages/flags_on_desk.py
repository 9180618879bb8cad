"""Flags as a desk has them: of precedents and spans that a test names, without waiting for a model to find them."""

from dataclasses import replace
from uuid import uuid4

from builders import STAGED, draft, period, request

from app.domain.checks.checks import AddedSpan, AlignedSpan, Match, Precedent, RemovedSpan, TextQuote
from app.domain.checks.recurrence import Recurrence
from app.domain.checks.scoring import Tier
from app.domain.statements.statements import Source

APRIL = (
    "Militants plan a provocation in the Idlib zone to accuse the government of using chemical weapons. "
    "Six tanks were delivered to the village by the White Helmets."
)
MAY = (
    "Militants are plotting a provocation with toxic agents near Jisr al-Shugur. "
    "Four hundred litres were brought to the village by the White Helmets ahead of the elections."
)
ARABIC = "يستعد المسلحون لتنفيذ هجوم مفبرك في القرية لاتهام الحكومة."
SCRIPT = "Militants are about to stage an attack to blame the government"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \u202eevil\u202c {{ 7 * 7 }} \" onload='x " + "W" * 300


class FlagsOnDesk:
    """Puts statements and flags into the archive of a service, for one organisation."""

    def __init__(self, services, organisation="Desk"):
        self.services = services
        self.organisation = services.manage_keys.organisation(organisation)

    def statement(self, text=STAGED, said_at="2021-04-24", narratives=(SCRIPT,), **fields):
        """A statement on record."""
        given = {"speaker": "Karpov", "source": Source("Outlet", "https://example.org/april"), **fields}
        [recorded] = self.services.record_statements(
            [draft(text, said_at, narratives, **given)], seen_by=self.organisation
        )
        return recorded.statement

    def flag(
        self, text, precedents, said_at="2021-05-23", *, tier="same_script", score=0.97, times=3, spans=None,
        stored=True, **of,
    ):  # fmt: skip
        """A check that was flagged for these precedents; `spans`: what the match with the first of them has more."""
        asked = request(text, said_at=said_at, record=False, **{"speaker": "Karpov", "language": "en", **of})
        [check] = self.services.check_statements([asked], self.organisation)
        matches = [
            Match(str(uuid4()), Precedent.of(one, "assertion"), Tier(tier if at == 0 else "same_topic"),
                  max(0.3, score - at / 50), {}, 29 + 30 * at)
            for at, one in enumerate(precedents)
        ]  # fmt: skip
        if spans:
            matches[0] = replace(matches[0], **spans)
        check = replace(
            check,
            flagged=True,
            matches=tuple(matches),
            summary="Said before.",
            recurrence=instances(times) if times else None,
        )
        if stored:
            with self.services.store.writing() as tx:
                tx.checks.add(self.organisation, check)
        return check

    def many(self, texts):
        """Flags with these texts in one transaction, the oldest first, all for one precedent."""
        like = self.flag("A film is being made.", [self.statement()], stored=False)
        made = [
            replace(like, id=str(uuid4()), text=text, matches=tuple(replace(m, id=str(uuid4())) for m in like.matches))
            for text in texts
        ]
        with self.services.store.writing() as tx:
            for check in made:
                tx.checks.add(self.organisation, check)
        return made

    def april_and_may(self):
        """The flag of a statement whose precedent differs in place and number."""
        return self.flag(MAY, [self.statement(APRIL), self.statement(ARABIC, "2020-03-02", language="ar")], spans=SPANS)

    def several(self, number, speakers=("Karpov",)):
        """Flags with texts and speakers of their own, the oldest first."""
        precedent = self.statement()
        return [
            self.flag(f"Attack number {at} is being staged.", [precedent], score=0.9 - at / 100, times=at + 1,
                      speaker=speakers[at % len(speakers)])
            for at in range(number)
        ]  # fmt: skip


def instances(times):
    """That a script came back so many times, the last one in April 2021."""
    gaps = tuple(20 + (at * 37) % 90 for at in range(times - 1))
    first = "2018-02-01" if gaps else "2021-04-24"
    return Recurrence(times, period(first), period("2021-04-24"), gaps, 29)


def quote(text, words):
    at = text.index(words)
    return TextQuote(words, at, at + len(words))


def aligned(role, now, then):
    return AlignedSpan(role, quote(MAY, now), quote(APRIL, then))


SPANS = {
    "repeated": (aligned("actor", "Militants", "Militants"), aligned("act", "a provocation", "a provocation")),
    "changed": (
        aligned("place", "near Jisr al-Shugur", "in the Idlib zone"),
        aligned("quantity", "Four hundred litres", "Six tanks"),
    ),
    "added": (AddedSpan("time", quote(MAY, "ahead of the elections")),),
    "explanation": "The same warning, with another place and another number.",
    "removed": (RemovedSpan("motive", quote(APRIL, "to accuse the government of using chemical weapons")),),
}

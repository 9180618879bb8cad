"""An organisation's desk with flags of several days, decisions of two analysts, and predictions, on either database."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from builders import account, draft, request

from app.domain.checks.checks import Match, Precedent
from app.domain.checks.reviews import ReviewDraft
from app.domain.checks.scoring import Tier
from app.domain.statements.statements import Source

PREDICTED = "The army will launch an offensive in the coming days, said witness {}."
UNDATED = "The government will collapse, said witness {}."


class DeskWithHistory:
    """Puts flags into the past of a service, for one organisation; days are counted back from the service's clock."""

    def __init__(self, services, organisation="Desk"):
        self.services = services
        self.organisation = services.manage_keys.organisation(organisation)
        self.now = services.read_overview.clock()

    def day(self, back):
        """The day so many days ago, as an address writes it."""
        return (self.now - timedelta(days=back)).date().isoformat()

    def statement(self, text, back, narratives=(), **fields):
        """A statement of the archive, said so many days ago."""
        [recorded] = self.services.record_statements([draft(text, self.day(back), narratives, **fields)])
        return recorded.statement

    def flag(self, text, precedent, back, *, language="en", outlet=None, score=0.9):
        """A check that was flagged for a precedent so many days ago."""
        asked = request(text, said_at=None, record=False, language=language, source=Source(outlet))
        [check] = self.services.check_statements([asked], self.organisation)
        match = Match(str(uuid4()), Precedent.of(precedent, "assertion"), Tier.SAME_SCRIPT, score, {}, 3)
        check = replace(
            check, flagged=True, matches=(match,), summary="Said before.", created_at=self.now - timedelta(days=back)
        )
        with self.services.store.writing() as tx:
            tx.checks.add(self.organisation, check)
        return check

    def analyst(self):
        """The actor of a new analyst of the organisation."""
        return account(self.services, "analyst", self.organisation.name).actor

    def judge(self, check, by, verdict):
        """A decision of an analyst on the match of a flag."""
        flag = self.services.browse_flags.get(self.organisation, check.id)
        decision = ReviewDraft(verdict=verdict, match_id=check.matches[0].id)
        return self.services.review_match(self.organisation, by, flag.check.id, decision)

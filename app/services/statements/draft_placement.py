"""Placement of drafts: the namespaces of their identities, and what they may change of a known statement."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.access.contributors import Contributor
from app.domain.statements.statements import Statement, StatementDraft
from app.services.ports import Transaction


def placed_drafts(tx: Transaction, drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """Drafts with the namespaces of their identities.

    A contributor has external ids of its own, and those that keep the operator's archive have the operator's. A
    statement of theirs under the other of the two keeps its place. A text is everybody's, but where another contributor
    withdrew it: then it is recorded anew, as a statement of the contributor's own.
    """
    brought = [(draft, draft.contributor) for draft in drafts if draft.contributor and draft.owner is None]
    if not brought:
        return list(drafts)
    keeps = {whose: tx.access.keeps_archive(whose.key) for whose in dict.fromkeys(whose for _, whose in brought)}
    known = tx.statements.contributors(
        replace(draft, namespace=space).identity for draft, whose in brought for space in (None, whose.key)
    )

    def placed(draft: StatementDraft, contributor: Contributor) -> StatementDraft:
        own, common = replace(draft, namespace=contributor.key), replace(draft, namespace=None)
        whose, withdrawn = known.get(common.identity, (None, False))
        if not draft.external_id:
            others = whose != contributor.key and not (whose is None and keeps[contributor])
            return own if own.identity in known or (withdrawn and others) else common
        if keeps[contributor]:
            return own if own.identity in known and common.identity not in known else common
        brought_before = common.identity in known and whose == contributor.key
        return common if brought_before and own.identity not in known else own

    return [
        placed(draft, draft.contributor) if draft.contributor and draft.owner is None else draft for draft in drafts
    ]


def is_own(tx: Transaction, draft: StatementDraft, known: Statement | None) -> bool:
    """True if the draft changes nothing of another contributor: the statement is new, its own, or of the operator's
    archive, which it keeps."""
    if known is None or draft.contributor is None or known.private or known.contributor == draft.contributor:
        return True
    common = known.contributor is None or (known.external_id is not None and known.namespace is None)
    return common and tx.access.keeps_archive(draft.contributor.key)

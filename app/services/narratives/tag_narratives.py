"""Tags of narratives: an organisation's own words to sort them by."""

from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.statements.statements import NarrativeRef
from app.services.ports import Store, Transaction

LONGEST_TAG: Final = 50
MOST_TAGS: Final = 20
"""Tags of a narrative."""


@dataclass(frozen=True, slots=True)
class TagNarratives:
    """Adds and removes tags. Other organisations do not see them. Raises `NotFound` for an unknown narrative."""

    store: Store

    def add(self, organisation: Organisation, narrative_id: str, tag: str) -> str:
        """Adds a tag, in lower case and with single blanks, and returns it. Raises `InvalidInput`, and `Conflict` for
        one too many."""
        tag = " ".join(tag.casefold().split())
        if not 0 < len(tag) <= LONGEST_TAG:
            raise InvalidInput.at("/tag", f"is empty or too long: write 1 to {LONGEST_TAG} characters")
        with self.store.writing() as tx:
            ref = _seen(tx, narrative_id, organisation)
            if len(tx.narrative_tags.of([ref.key], organisation).get(ref.key, ())) >= MOST_TAGS:
                raise Conflict(f"this narrative has {MOST_TAGS} tags: remove one first")
            tx.narrative_tags.put(ref.key, organisation, tag)
            tx.audit.add("narrative.tagged", "narrative", narrative_id)
        return tag

    def remove(self, organisation: Organisation, narrative_id: str, tag: str) -> None:
        """Removes a tag; one that is not there is no error."""
        with self.store.writing() as tx:
            ref = _seen(tx, narrative_id, organisation)
            tx.narrative_tags.remove(ref.key, organisation, tag)
            tx.audit.add("narrative.untagged", "narrative", narrative_id)


def _seen(tx: Transaction, narrative_id: str, organisation: Organisation) -> NarrativeRef:
    narrative = tx.narratives.by_id(narrative_id, organisation)
    ref = tx.narratives.resolve(narrative.id, organisation) if narrative else None
    if ref is None:
        raise NotFound("there is no narrative with this id")
    return ref

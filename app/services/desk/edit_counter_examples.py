"""Counter-examples of a narrative: adding, listing and removing them."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import NotFound
from app.domain.statements.statements import NarrativeRef
from app.services.access.contributions import require_may_change
from app.services.desk.ports import CounterExample
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.search.negative_examples import to_bytes
from index.contract import Embedder


@dataclass(frozen=True, slots=True)
class EditCounterExamples:
    """Adds, lists and withdraws counter-examples; they take effect with the next check."""

    store: Store
    embedder: Embedder
    archive: IndexSync
    languages: Languages
    clock: Clock

    def record(
        self,
        narrative_id: str,
        text: str,
        language: str | None,
        viewer: Organisation | None = None,
        by: Actor | None = None,
    ) -> tuple[CounterExample, bool]:
        """The counter-example and whether it is new. Raises `NotFound` for a narrative that `viewer` does not see."""
        spoken = language or self.languages.detect(text)
        vector = self.embedder.embed([text])[0]
        with self.store.writing() as tx:
            ref = _narrative(tx, narrative_id, viewer)
            sequence = tx.statements.next_sequence()
            counter_example, new = tx.counter_examples.put(
                ref.key, text, spoken, self.clock(), sequence, viewer, by, by_review=False
            )
            tx.counter_examples.put_vectors(
                self.embedder.fingerprint, [(counter_example.key, to_bytes(vector))], sequence
            )
            tx.audit.add("counter_example.created", "counter_example", counter_example.id)
        self.archive.sync()
        return counter_example, new

    def find(
        self, narrative_id: str, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[CounterExample]:
        """The newest first; `before` is the key of the last one seen. Raises `NotFound` for an unknown narrative."""
        with self.store.reading() as tx:
            return tx.counter_examples.find(_narrative(tx, narrative_id, viewer).key, before, limit)

    def share(
        self, narrative_id: str, counter_example_id: str, *, shared: bool, viewer: Organisation | None = None
    ) -> CounterExample:
        """Lets one count in the checks of every organisation, or in those of its contributor alone. Raises `NotFound`.

        For curators of the shared archive: the caller has seen to that.
        """
        with self.store.writing() as tx:
            counter_example = _existing(tx, narrative_id, counter_example_id, viewer)
            if counter_example.withdrawn_at is not None:
                raise NotFound("this counter-example was taken back")
            if counter_example.shared != shared and counter_example.contributor:
                at = self.clock() if shared else None
                tx.counter_examples.share(counter_example.key, at, tx.statements.next_sequence())
            changed = _existing(tx, narrative_id, counter_example_id, viewer)
        self.archive.sync()
        return changed

    def remove(
        self,
        narrative_id: str,
        counter_example_id: str,
        viewer: Organisation | None = None,
        *,
        curator: bool = False,
    ) -> None:
        """Withdraws one. Raises `NotFound`, and `NotContributor` where another organisation made it; doing it twice is
        no error."""
        with self.store.writing() as tx:
            counter_example = _existing(tx, narrative_id, counter_example_id, viewer)
            narrative = tx.narratives.by_id(narrative_id, viewer)
            owner = narrative.owner if narrative else None
            require_may_change(tx, "counter-example", counter_example.contributor, owner, viewer, curator=curator)
            if counter_example.withdrawn_at is None:
                tx.counter_examples.withdraw(counter_example.key, self.clock(), tx.statements.next_sequence())
                tx.audit.add("counter_example.withdrawn", "counter_example", counter_example_id)
        self.archive.sync()


def _existing(
    tx: Transaction, narrative_id: str, counter_example_id: str, viewer: Organisation | None
) -> CounterExample:
    ref = _narrative(tx, narrative_id, viewer)
    counter_example = tx.counter_examples.by_id(counter_example_id)
    if counter_example is None or counter_example.narrative != ref.key:
        raise NotFound("this narrative has no counter-example with this id")
    return counter_example


def _narrative(tx: Transaction, narrative_id: str, viewer: Organisation | None) -> NarrativeRef:
    known = tx.narratives.by_id(narrative_id, viewer)
    ref = tx.narratives.resolve(narrative_id, viewer) if known else None
    if ref is None:
        raise NotFound("there is no narrative with this id")
    return ref

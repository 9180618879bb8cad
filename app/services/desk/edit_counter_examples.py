"""Counter-examples of a narrative: adding, listing and removing them."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.core.errors import NotFound
from app.domain.statements.statements import NarrativeRef
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
        self, narrative_id: str, text: str, language: str | None, viewer: Organisation | None = None
    ) -> tuple[CounterExample, bool]:
        """The counter-example and whether it is new. Raises `NotFound` for a narrative that `viewer` does not see."""
        spoken = language or self.languages.detect(text)
        vector = self.embedder.embed([text])[0]
        with self.store.writing() as tx:
            ref = _narrative(tx, narrative_id, viewer)
            sequence = tx.statements.next_sequence()
            counter_example, new = tx.counter_examples.put(
                ref.key, text, spoken, self.clock(), sequence, by_review=False
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

    def remove(self, narrative_id: str, counter_example_id: str, viewer: Organisation | None = None) -> None:
        """Withdraws one. Raises `NotFound`; doing it twice is no error."""
        with self.store.writing() as tx:
            ref = _narrative(tx, narrative_id, viewer)
            counter_example = tx.counter_examples.by_id(counter_example_id)
            if counter_example is None or counter_example.narrative != ref.key:
                raise NotFound("this narrative has no counter-example with this id")
            if counter_example.withdrawn_at is None:
                tx.counter_examples.withdraw(counter_example.key, self.clock(), tx.statements.next_sequence())
                tx.audit.add("counter_example.withdrawn", "counter_example", counter_example_id)
        self.archive.sync()


def _narrative(tx: Transaction, narrative_id: str, viewer: Organisation | None) -> NarrativeRef:
    known = tx.narratives.by_id(narrative_id, viewer)
    ref = tx.narratives.resolve(narrative_id, viewer) if known else None
    if ref is None:
        raise NotFound("there is no narrative with this id")
    return ref

"""Verification of an archive: the database's own checks, vectors, counters and the index, compared with each other."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from app.services.ports import Store, Transaction
from app.services.search.index_rows import in_batches
from app.services.search.index_sync import IndexSync
from app.services.search.search_filters import attributes_of
from index.contract import TextEncoder, VectorIndex

SAMPLED: Final = 100
"""Statements whose text is embedded again."""

LEAST_COSINE: Final = 0.999
"""Cosine of a stored vector with a new one of the same text, below which it is of another text or damaged."""

_ATTEMPTS: Final = 5
_UNIT_WITHIN: Final = 1e-3
_SAME_WITHIN: Final = 1e-3

FaultKind = Literal["damage", "missing_vectors", "wrong_vectors", "other_vectors", "snapshot", "flag_counters"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: a sentence that says what, and how many it is about."""

    kind: FaultKind
    sentence: str
    count: int
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """Result: the numbers of what was compared, and the faults."""

    statements: int
    indexed: int
    sampled: int
    lowest_cosine: float | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """True where nothing is wrong any more."""
        return all(fault.mended for fault in self.faults)


@dataclass(slots=True)
class _Vectors:
    """Vectors of the present embedder: how many, and the statements whose vector cannot be one."""

    count: int = 0
    wrong: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)


class VerifyArchive:
    """Compares database and index, and mends what can be made anew from the statements."""

    def __init__(self, store: Store, encoder: TextEncoder, archive: IndexSync):
        """`archive`: not opened yet; it is when this has been called, where the database allows it."""
        self._store = store
        self._encoder = encoder
        self._archive = archive

    def __call__(self, *, repair: bool = False, progress: Callable[[int], None] | None = None) -> Verification:
        """Verifies, and with `repair` mends. `progress` is called with the number of texts embedded since.

        A service may run meanwhile: it takes in what is mended, as it does any change.
        """
        with self._store.reading() as tx:
            damage = [Fault("damage", f"The database is damaged: {reason}.", 1) for reason in tx.consistency.damage()]
            if damage:
                return Verification(0, 0, 0, None, tuple(damage))
            counters = tx.consistency.wrong_flag_counters()
            missing = tx.vectors.count_missing(self._encoder.fingerprint)
            vectors = self._vectors(tx)
        sampled, other, lowest = self._sample(vectors)
        faults = list(_faults(missing, vectors.wrong, other, sampled, counters))
        if repair and faults:
            self._repair(vectors, bool(other), progress)
            faults = [Fault(fault.kind, fault.sentence, fault.count, mended=True) for fault in faults]
        if not vectors.wrong or repair:
            faults += self._snapshot(repair=repair)
        return Verification(vectors.count + missing, self._archive.size, sampled, lowest, tuple(faults))

    def _vectors(self, tx: Transaction) -> _Vectors:
        found = _Vectors()
        for row in tx.consistency.searchable(self._encoder.fingerprint):
            found.count += 1
            found.keys.append(row.key)
            if not _is_vector(row.vector or b"", self._encoder.dimension):
                found.wrong.append(row.key)
        return found

    def _sample(self, vectors: _Vectors) -> tuple[int, int, float | None]:
        """Number of statements embedded again, how many of them have another vector, and the lowest cosine."""
        keys = sorted(set(vectors.keys) - set(vectors.wrong))
        chosen = np.random.default_rng().permutation(len(keys))[:SAMPLED]
        sample = sorted(keys[position] for position in chosen.tolist())
        if not sample:
            return 0, 0, None
        with self._store.reading() as tx:  # by now some may have been changed or withdrawn
            stored = tx.vectors.embeddings(self._encoder.fingerprint, sample)
            inputs = {key: text for key, text in tx.consistency.inputs(sample).items() if key in stored}
        again = self._encoder.encode(list(inputs.values()))
        cosines = [
            float(np.frombuffer(stored[key], "<f4") @ encoded.vector)
            for key, encoded in zip(inputs, again, strict=True)
        ]
        return len(cosines), sum(cosine < LEAST_COSINE for cosine in cosines), min(cosines, default=None)

    def _repair(self, vectors: _Vectors, all_anew: bool, progress: Callable[[int], None] | None) -> None:
        """Embeds what has no right vector, all statements where the sample had others, and counts flags again."""
        with self._store.writing() as tx:
            tx.consistency.recount_flags()
            tx.consistency.forget_vectors(self._encoder.fingerprint, vectors.keys if all_anew else vectors.wrong)
        self._archive.embed_missing(progress)

    def _snapshot(self, *, repair: bool) -> Iterator[Fault]:
        """Differences of the index, as its snapshot and what came since make it, from the database."""
        self._archive.open()
        faults = []
        if self._archive.damage:
            faults.append(Fault("snapshot", self._archive.damage, 1))
        different = 0
        for _ in range(_ATTEMPTS):
            with self._store.reading() as tx:
                self._archive.sync(tx)
                different = self._different(tx)
                if not different or self._archive.is_at(tx):
                    break  # else another process changed an index that it shares with this one, after `tx` began
        if different:
            said = f"The index snapshot differs from the database for {_statements(different)}."
            faults.append(Fault("snapshot", said, different))
        if repair and faults:
            self._archive.rebuild()
        for fault in faults:
            yield Fault(fault.kind, fault.sentence, fault.count, mended=repair)

    def _different(self, tx: Transaction) -> int:
        """Number of statements that an index has not, has otherwise, or has although the database has not."""
        vectors, terms = self._archive.index.parts
        known, different = 0, 0
        for batch in in_batches(tx.consistency.searchable(self._encoder.fingerprint)):
            held_keys = _held(vectors, [row.key for row in batch])
            there = [row for row in batch if row.key in held_keys]
            keys = [row.key for row in there]
            known += len(there)
            different += len(batch) - len(there)
            raw = np.frombuffer(b"".join(row.vector or b"" for row in there), "<f4").reshape(len(there), -1)
            if not there:
                continue
            expected = attributes_of(there)
            held = vectors.attributes(keys)
            same = np.isclose(vectors.vectors(keys), self._archive.index.projection.project(raw), atol=_SAME_WITHIN)
            same_row = same.all(1) & (np.asarray(held.periods) == expected.periods).all(1)
            for column, wanted in zip(held[1:], expected[1:], strict=True):
                same_row &= np.asarray(column) == np.asarray(wanted)
            for row, alike, found in zip(there, same_row.tolist(), terms.terms_of(keys), strict=True):
                different += not (alike and found == frozenset((row.terms or "").split()))
        return different + len(vectors) - known + abs(len(terms) - len(vectors))


def _held(vectors: VectorIndex, keys: list[int]) -> set[int]:
    """Keys among these that the index has."""
    with suppress(KeyError):
        vectors.attributes(keys)
        return set(keys)
    return set().union(*(_held(vectors, [key]) for key in keys)) if len(keys) > 1 else set()


def _faults(missing: int, wrong: list[int], other: int, sampled: int, counters: int) -> Iterator[Fault]:
    if missing:
        yield Fault("missing_vectors", f"{_statements(missing)} cannot be found yet: no vector.", missing)
    if wrong:
        sentence = f"{_statements(len(wrong))} cannot be found: the vector is damaged."
        yield Fault("wrong_vectors", sentence, len(wrong))
    if other:
        sentence = f"Of {sampled:,} statements embedded again, {other:,} have the vector of something else."
        yield Fault("other_vectors", sentence, other)
    if counters:
        yield Fault("flag_counters", f"Counters of flags that are wrong: {counters:,}.", counters)


def _statements(count: int) -> str:
    return "1 statement" if count == 1 else f"{count:,} statements"


def _is_vector(raw: bytes, dimension: int) -> bool:
    if len(raw) != 4 * dimension:
        return False
    vector = np.frombuffer(raw, "<f4")
    return bool(np.isfinite(vector).all()) and abs(float(np.linalg.norm(vector)) - 1) < _UNIT_WITHIN

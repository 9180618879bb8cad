"""Vectors in this process: exact while they are few, then inverted lists, and beside them an exact tail of changes.

A search sees one `_View`: lists, which of their rows are alive, and the tail. Every change makes the next view, and so
does a background thread that builds new lists once the tail has grown; a search waits for neither.
"""

import ctypes
import errno
import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from index.contract import UNFILTERED, Attributes, FloatArray, Hit, IdArray, SearchFilter, State
from index.search.engines.build_at_exit import BuildInterrupted, begin_build
from index.search.engines.build_lists import Source, build_table, codes_of, fixed_rows, one_processor
from index.search.engines.build_turn import BuildTurn
from index.search.engines.entries import (
    Columns,
    checked,
    checked_query,
    last_of_each_id,
    ranked,
)
from index.search.engines.fixed_point import Codes, Fixed, to_codes
from index.search.engines.inverted_lists import InvertedLists, RowArray
from index.search.engines.language_codes import LanguageCodes
from index.search.engines.lists_state import content_of, has_codes, state_of_lists
from index.search.engines.row_masks import Bits, cleared, count, has, unpacked
from index.search.engines.tail import Tail, TailView

APPROXIMATE_ABOVE: Final = 20_000
"""Number of entries above which lists are built: docs/decisions/0017-index-at-a-million.md."""

CANDIDATES: Final = 8_000
"""Rows that a search of the lists reads at first, of those that pass its filter."""

_TAIL_SHARE: Final = 64
"""Lists are built anew when the tail has grown to this part of them, or a quarter of them is dead."""

_LEAST_TAIL: Final = 4_096

logger = logging.getLogger("refrain.index")


@dataclass(frozen=True, slots=True)
class _View:
    """Content at one moment. Nothing in it changes."""

    tail: TailView
    languages: LanguageCodes
    lists: InvertedLists | None = None
    alive: Bits | None = None
    """Rows of the lists that are neither removed nor replaced."""
    living: int = 0
    """Their number."""


class FaissIndex:
    """`VectorIndex` on FAISS. Searches run side by side; one change at a time."""

    def __init__(
        self,
        dimension: int,
        folder: Path | None = None,
        approximate_above: int = APPROXIMATE_ABOVE,
        candidates: int = CANDIDATES,
    ) -> None:
        """`folder`: where vectors that are mapped are written, which go away with the process; None: where temporary
        files lie. Of the processes with the same folder one builds lists at a time."""
        self.dimension = dimension
        self._folder = folder
        self.approximate_above = approximate_above
        self.candidates = candidates
        self._changing = threading.Lock()
        self._turn = BuildTurn(folder)
        self._postponed = False
        self.builds = 0
        self._tail = Tail(dimension)
        self._touched: set[int] | None = None
        """Ids changed since a build began; None where none is running."""
        self._builder: threading.Thread | None = None
        self._built_from: _View | None = None
        self._next_build = 0
        """Least size of the tail for a build, raised where one failed."""
        self._view = _View(self._tail.view(), LanguageCodes())

    def __len__(self) -> int:
        view = self._view  # one moment: a build that ends puts others in the place of view and tail
        return view.living + view.tail.size

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        entries = checked(ids, vectors, attributes, self.dimension)
        entries = entries.select(last_of_each_id(entries.ids))
        with self._changing:
            codes = self._view.languages.encode(entries.columns.languages)
            self._tail.put(entries._replace(columns=entries.columns._replace(languages=codes)))
            self._publish(entries.ids)
            self._build_where_due()

    def remove(self, ids: IdArray) -> int:
        gone = np.unique(np.asarray(ids, np.int64))
        with self._changing:
            before = len(self)
            self._tail.remove(gone.tolist())
            self._publish(gone)
            self._build_where_due()
            return before - len(self)

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        view = self._view
        language = view.languages.code(where.language)
        if k <= 0:
            return []
        ids, similarities = view.tail.search(vector, k, where, language)
        if view.lists is not None and view.alive is not None:
            more = view.lists.search(vector, k, where, language, view.alive, all_alive=view.living == len(view.lists))
            ids, similarities = np.concatenate([ids, more[0]]), np.concatenate([similarities, more[1]])
        return ranked(ids, similarities, k)

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        view, slots, rows = self._places(ids)
        found = np.empty((len(ids), self.dimension), np.float32)
        found[slots >= 0] = view.tail.rows.vectors[slots[slots >= 0]]
        if view.lists is not None:
            found[rows >= 0] = view.lists.vectors(rows[rows >= 0])
        return found

    def attributes(self, ids: Sequence[int]) -> Attributes:
        view, slots, rows = self._places(ids)
        columns = view.tail.rows.columns.select(np.maximum(slots, 0)) if view.tail.used else None
        if view.lists is not None:
            of_lists = view.lists.table.columns.select(np.maximum(rows, 0))
            pairs = zip(columns, of_lists, strict=True) if columns else ()
            merged = [np.where((rows >= 0).reshape(-1, *[1] * (a.ndim - 1)), b, a) for a, b in pairs]
            columns = Columns(*merged) if columns else of_lists
        if columns is None:
            return Attributes(np.empty((0, 2), np.int64))
        tags = view.languages.decode(columns.languages)
        return Attributes(columns.periods, columns.owners, tags.tolist(), columns.known_from)

    def state(self) -> State:
        view = self._compacted()
        tail = view.tail.living()
        tail = tail._replace(columns=tail.columns._replace(languages=view.languages.decode(tail.columns.languages)))
        return state_of_lists(tail, view.lists.table if view.lists else None, view.alive, view.languages.tags)

    def restore(self, state: State) -> None:
        content = content_of(state, self.dimension, self._codes)
        languages = LanguageCodes(content.tags)
        tail = Tail(self.dimension)
        codes = languages.encode(content.tail.columns.languages)
        tail.put(content.tail._replace(columns=content.tail.columns._replace(languages=codes)))
        lists = InvertedLists(content.table, self.candidates) if content.table else None
        with self._changing:
            self._touched, self._next_build = None, 0  # what a build that is running finds is thrown away
            self._tail = tail
            living = count(content.alive) if content.alive is not None else 0
            self._view = _View(tail.view(), languages, lists, content.alive, living)
            if lists and not has_codes(state):
                self.builds += 1  # a new snapshot has the codes
            self._build_where_due()

    def _codes(self, vectors: Fixed, scale: float) -> Codes:
        """Codes of vectors, in memory where there is no room on disk."""
        try:
            return codes_of(vectors, scale, self._folder)
        except OSError:
            return to_codes(vectors, scale)

    def wait_until_built(self) -> None:
        """Waits until no build is running, nor the next one due after it."""
        while True:
            with self._changing:
                builder = self._builder
            if builder is None or not builder.is_alive():
                return
            builder.join()

    @property
    def lists(self) -> InvertedLists | None:
        """The lists that searches read now; None while all is compared."""
        return self._view.lists

    @property
    def approximate(self) -> bool:
        """True while there are lists."""
        return self._view.lists is not None

    @property
    def building(self) -> bool:
        """True while lists are built in the background."""
        return self._touched is not None

    @property
    def postponed(self) -> bool:
        """True while a build is due and another process builds."""
        return self._postponed

    @property
    def others_build(self) -> bool:
        """True while another process builds."""
        return not self.building and not self._turn.free

    def resume(self) -> None:
        """Begins a build that was postponed, unless another process still builds."""
        with self._changing:
            self._postponed = False
            self._build_where_due()

    def _compacted(self) -> _View:
        """The content, without what was dead in the lists at the call. Raises `OSError` where that cannot be built."""
        for _ in range(2):  # a build that is running may have begun before
            self.wait_until_built()
            with self._changing:
                view = self._view
                if view.lists is None or view.living == len(view.lists):
                    return view
                if self._touched is None:
                    self._start_build(awaited=True)
        self.wait_until_built()
        if self._view.lists is view.lists:
            raise OSError(errno.EIO, "the lists of the index could not be built anew")
        return self._view

    def _places(self, ids: Sequence[int]) -> tuple[_View, RowArray, RowArray]:
        """Rows of entries in the tail and in the lists, -1 where they are in the other. Raises `KeyError`."""
        with self._changing:
            view = self._view
            slots = np.array([self._tail.slots.get(entry, -1) for entry in ids], np.int64)
        rows = np.full(len(ids), -1, np.int64)
        if view.lists is not None and view.alive is not None:
            rows = view.lists.rows_of(np.array(ids, np.int64))
            rows[(slots >= 0) | ~has(view.alive, np.maximum(rows, 0))] = -1
        missing = np.flatnonzero((slots < 0) & (rows < 0))
        if len(missing):
            raise KeyError(ids[int(missing[0])])
        return view, slots, rows

    def _publish(self, changed: IdArray) -> None:
        """Makes the tail as it is now visible, and what changed dead in the lists, both at once."""
        view = replace(self._view, tail=self._tail.view())
        if view.lists is not None and view.alive is not None:
            rows = view.lists.rows_of(changed)
            alive = cleared(view.alive, rows[rows >= 0])
            view = replace(view, alive=alive, living=count(alive))
        if self._touched is not None:
            self._touched.update(changed.tolist())
        self._view = view

    def _build_where_due(self) -> None:
        if self._touched is not None or self._tail.used < self._next_build:
            return
        view, used = self._view, self._tail.used
        if view.lists is None:
            due = len(self._tail) > self.approximate_above
            if not due and used > max(_LEAST_TAIL, 2 * len(self._tail)):
                self._tail = self._tail.since(0)
                self._view = replace(view, tail=self._tail.view())
        else:
            most = max(min(_LEAST_TAIL, self.approximate_above), len(view.lists) // _TAIL_SHARE)
            due = used > most or 4 * view.living < 3 * len(view.lists)
        if due and not self._postponed:  # what another process builds is taken over, where its owner asks for that
            self._postponed = not self._turn.take()
            if not self._postponed:
                self._start_build()

    def _start_build(self, *, awaited: bool = False) -> None:
        """Lists that are `awaited` are built whether or not another process builds."""
        self._touched = set()
        self._builder = threading.Thread(
            target=self._build, args=(self._touched, awaited), name="build-index", daemon=True
        )
        self._built_from = self._view
        begin_build(self._builder)
        self._builder.start()

    def _build(self, touched: set[int], awaited: bool) -> None:
        """Builds lists of all that is alive, and puts them in its place; slowly, unless it is `awaited`."""
        try:
            self._replace_lists(touched, awaited)
        finally:
            if not awaited:
                self._turn.release()
        with self._changing:
            self._build_where_due()
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)  # else the memory of the former lists stays with the process

    def _replace_lists(self, touched: set[int], awaited: bool) -> None:
        with self._changing:
            view, self._built_from = self._built_from, None
        if view is None:
            return
        one_processor(lowest_priority=not awaited)
        try:
            lists = self._built(view)
        except BuildInterrupted:
            return
        except Exception:  # without new lists a search is slower, and nothing else
            logger.exception("the lists of the index were not built")
            with self._changing:
                if self._touched is touched:
                    self._touched, self._next_build = None, 2 * self._tail.used
            return
        with self._changing:
            if self._touched is not touched:
                return
            self._touched, self._next_build = None, 0
            self._tail = self._tail.since(view.tail.used)
            alive, living = None, 0
            if lists is not None:
                rows = lists.rows_of(np.fromiter(touched, np.int64, len(touched)))
                alive = cleared(lists.everything(), rows[rows >= 0])
                living = count(alive)
            self._view = _View(self._tail.view(), view.languages, lists, alive, living)
            self.builds += 1

    def _built(self, view: _View) -> InvertedLists | None:
        """Lists of all that is alive in a view; None where nothing is."""
        tail = view.tail.living()
        if view.living + len(tail.ids) == 0:
            return None
        sources = [Source(tail.ids, tail.columns, fixed_rows(tail.vectors))]
        known = None
        if view.lists is not None and view.alive is not None:
            known, rows = view.lists.table, unpacked(view.alive)
            read = view.lists.fixed
            lists = np.repeat(np.arange(len(known.centroids), dtype=np.int32), np.diff(known.offsets))[rows]
            old = Source(known.ids[rows], known.columns.select(rows), lambda places: read(rows[places]), lists)
            sources.insert(0, old)
        table = build_table(sources, self.dimension, known, self._folder)
        return InvertedLists(table, self.candidates)

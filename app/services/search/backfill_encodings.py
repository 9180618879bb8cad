"""Backfill of what statements with a vector lack: token features, pair states and stances of this version.

A check computes what it needs of them and finds missing, so a service does not wait for the backfill: it does a part at
a time, in the order in which statements were changed, and remembers up to where all was there.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.services.ports import Store, Transaction
from app.services.stance.classify_stance import ClassifyStance
from index.contract import TextEncoder
from index.private_files import private_file

_ENCODED_AT_ONCE: Final = 256
_CLASSIFIED_AT_ONCE: Final = 1_000
_LOOKED_AT: Final = 500
"""Statements that a part looks at."""
_ENCODED_OF_A_PART: Final = 32
"""Statements of a part that are encoded, before the index follows the database again: long ones take a second."""

logger = logging.getLogger("refrain.index")


class BackfillEncodings:
    """Computes token features, pair states and stances that are missing or of another version."""

    def __init__(self, store: Store, encoder: TextEncoder, classify_stance: ClassifyStance, kept_in: Path):
        """`kept_in`: the file that says up to where all was there. Losing it costs a look at every statement."""
        self._store = store
        self._encoder = encoder
        self._classify_stance = classify_stance
        self._kept_in = kept_in
        self._done: tuple[dict[str, str], int] | None = None
        """Versions, and the sequence of the archive up to which no statement lacks anything of them."""

    def part(self, stop: Callable[[], bool] | None = None) -> bool:
        """Goes through some statements that were changed since all was there; False where there are none."""
        with self._store.reading() as tx:
            versions, latest = self._versions(tx), tx.statements.sequence()
            since = self._complete_to(versions, latest)
            if since >= latest:
                return False
            upper = tx.vectors.sequence_after(since, _LOOKED_AT)
        between = since, upper
        if self.token_features(stop, between, _ENCODED_OF_A_PART) == _ENCODED_OF_A_PART:
            return True
        self.stances(stop, between)
        if stop and stop():
            return True
        self._done = versions, upper
        if upper >= latest:
            self._keep()
        return True

    def token_features(
        self,
        stop: Callable[[], bool] | None = None,
        between: tuple[int, int] | None = None,
        most: int = sys.maxsize,
    ) -> int:
        """Computes token features and pair states, of at most so many; the number of statements that lacked some.

        `between`: only of those that were last changed after the first sequence of the archive, up to the second.
        """
        encoder, after, done = self._encoder, 0, 0
        wanted = encoder.fingerprint, encoder.token_features_version, encoder.pair_states_version
        while done < most and not (stop and stop()):
            at_once = min(_ENCODED_AT_ONCE, most - done)
            with self._store.reading() as tx:
                missing = tx.vectors.missing_token_features(*wanted, after, at_once, between)
            if not missing:
                break
            encodings = encoder.encode([encoder_input for _, encoder_input in missing])
            keys = [key for key, _ in missing]
            with self._store.writing() as tx:
                tx.vectors.put_token_features(encoder.fingerprint, zip(keys, encodings, strict=True))
            after, done = keys[-1], done + len(missing)
        return done

    def stances(self, stop: Callable[[], bool] | None = None, between: tuple[int, int] | None = None) -> int:
        """Classifies stances; the number of statements that had none of this version. `between` as above."""
        fingerprint, version, after, done = self._encoder.fingerprint, self._classify_stance.version, 0, 0
        while not (stop and stop()):
            with self._store.reading() as tx:
                missing = tx.vectors.missing_stances(fingerprint, version, after, _CLASSIFIED_AT_ONCE, between)
            if not missing:
                break
            stances = [(text, self._classify_stance(text.text, text.language, text.vector)) for text in missing]
            with self._store.writing() as tx:
                tx.vectors.put_stances(fingerprint, version, stances)
            after, done = missing[-1].key, done + len(missing)
        return done

    def _versions(self, tx: Transaction) -> dict[str, str]:
        return {
            "archive": tx.statements.archive_id(),
            "fingerprint": self._encoder.fingerprint,
            "token_features": self._encoder.token_features_version,
            "pair_states": self._encoder.pair_states_version,
            "stances": self._classify_stance.version,
        }

    def _complete_to(self, versions: dict[str, str], latest: int) -> int:
        """The sequence to go on from: 0 where other versions were looked for, or the database was set back."""
        if self._done is None:
            self._done = {}, 0
            with suppress(OSError, ValueError, KeyError, TypeError):
                kept = json.loads(self._kept_in.read_text("utf-8"))
                self._done = dict(kept["versions"]), int(kept["sequence"])
        known, sequence = self._done
        return sequence if known == versions and sequence <= latest else 0

    def _keep(self) -> None:
        assert self._done is not None  # noqa: S101 - a part is done
        versions, sequence = self._done
        written = self._kept_in.with_suffix(f".backfilled-{os.getpid()}")
        try:
            private_file(written)
            written.write_text(json.dumps({"versions": versions, "sequence": sequence}), "utf-8")
            written.replace(self._kept_in)
        except OSError as error:
            logger.warning("the next start looks for missing stances again: %s", error.strerror)

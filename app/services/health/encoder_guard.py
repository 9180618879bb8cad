"""Guard of the text encoder: its failures are `EncoderUnavailable` without texts, and one that hangs is noticed."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.domain.core.errors import EncoderUnavailable, RefrainError
from index.contract import EncodedText, EncoderInput, FloatArray, RetrievalError, TextEncoder
from index.processor_budget import ProcessorBudgetExceeded, WorkCancelled

HANGS_AFTER_S: Final = 15.0
"""Seconds without a finished batch of any call after which the encoder counts as hung; a batch takes a second or so."""

_RETRY_AFTER_S: Final = 5

logger = logging.getLogger("refrain.encoder")


class GuardedEncoder:
    """`index.contract.TextEncoder` over another one. Safe to call from several threads.

    It counts as hung when calls are under way and none of them has advanced: one slow text refuses nobody else.
    """

    def __init__(
        self, encoder: TextEncoder, hangs_after_s: float | None = None, clock: Callable[[], float] = time.monotonic
    ):
        self._encoder = encoder
        self._hangs_after_s = HANGS_AFTER_S if hangs_after_s is None else hangs_after_s
        self._clock = clock
        self._lock = threading.Lock()
        self._under_way = 0
        self._advanced_at = 0.0
        self._failure: str | None = None
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.token_features_version = encoder.token_features_version
        self.pair_states_version = encoder.pair_states_version

    @property
    def failure(self) -> str | None:
        """The reason why nothing can be encoded, None where it can."""
        with self._lock:
            silent_s = self._silent_s()
        if silent_s > self._hangs_after_s:
            return f"the model has not answered for {silent_s:.0f} seconds"
        return self._failure

    def probe(self) -> None:
        """Encodes a word where the last call failed, to see whether the encoder works again."""
        if self._failure:
            try:
                self.encode([EncoderInput("word", "en")])
            except EncoderUnavailable:
                return

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Vectors of the texts. Raises `EncoderUnavailable`."""
        with self._call() as heartbeat:
            return self._encoder.embed(texts, _both(heartbeat, progress))

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        """Encodings of the texts, in order. Raises `EncoderUnavailable`."""
        with self._call() as heartbeat:
            return self._encoder.encode(texts, _both(heartbeat, progress))

    def add_names(self, people: Iterable[str]) -> None:
        """Adds names of people that are recognised in every script from now on."""
        self._encoder.add_names(people)

    def close(self) -> None:
        """Releases the model."""
        self._encoder.close()

    @contextmanager
    def _call(self) -> Iterator[Callable[[int], None]]:
        with self._lock:
            if self._silent_s() > self._hangs_after_s:
                raise EncoderUnavailable("the model does not answer: try again in a moment", _RETRY_AFTER_S)
            if not self._under_way:
                self._advanced_at = self._clock()
            self._under_way += 1

        def heartbeat(_: int) -> None:
            with self._lock:
                self._advanced_at = self._clock()

        try:
            yield heartbeat
        except (RefrainError, RetrievalError, ProcessorBudgetExceeded, WorkCancelled):
            raise
        except Exception as error:  # noqa: BLE001 - a model may fail in any way; its message may hold the text
            failure = f"the model failed ({type(error).__name__})"
            if failure != self._failure:
                logger.error("%s; checks are refused until it works again", failure)  # noqa: TRY400 - no text in the log
            self._failure = failure
            raise EncoderUnavailable(f"{failure}: try again in a moment", _RETRY_AFTER_S) from None
        finally:
            with self._lock:
                self._under_way -= 1
                self._advanced_at = self._clock()
        if self._failure:
            logger.warning("the model works again")
            self._failure = None

    def _silent_s(self) -> float:
        """Seconds since any of the calls under way has advanced, 0 without one."""
        return self._clock() - self._advanced_at if self._under_way else 0.0


def _both(heartbeat: Callable[[int], None], progress: Callable[[int], None] | None) -> Callable[[int], None]:
    def advance(more: int) -> None:
        heartbeat(more)
        if progress:
            progress(more)

    return advance

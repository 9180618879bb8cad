"""Exports: what lists show, as a file."""

from collections.abc import AsyncIterator, Mapping

from refrain_client._async.transport import AsyncTransport


class AsyncExports:
    """Files in the formats of the field, as your organisation sees the archive and its flags."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    def read(self, export_format: str, *, filters: Mapping[str, str] | None = None) -> AsyncIterator[bytes]:
        """The bytes of a file, as they come: the archive, or what the parameters of `GET /v1/exports/{format}` name.

        Formats are `jsonl`, `csv`, `claimreview`, `claimreview-lines`, `stix`, `misp`, `jsonfeed` and `atom`.
        """
        return self._to.parts(("exports", export_format), filters)

"""Content negotiation of languages: `Accept-Language` of a request, `Content-Language` of the answer."""

import re
from typing import Annotated

from fastapi import Depends, Header

CONTENT_LANGUAGE = "Content-Language"
_MOST = 20
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")


def accepted_languages(header: str) -> tuple[str, ...]:
    """Languages of an `Accept-Language` header, the preferred first; invalid parts are skipped.

    `*` is passed over as well: whoever reads anything is answered in English like whoever says nothing.
    """
    found = [_RANGE.fullmatch(part) for part in header.split(",")[:_MOST]]
    weighed = [(float(match[2] or 1), match[1]) for match in found if match]
    return tuple(tag for weight, tag in sorted(weighed, key=lambda match: -match[0]) if weight > 0)


async def _reader(
    accept_language: Annotated[
        str | None, Header(description="The languages that sentences may be in; without any of ours it is English.")
    ] = None,
) -> tuple[str, ...]:
    return accepted_languages(accept_language or "")


TheReader = Annotated[tuple[str, ...], Depends(_reader)]

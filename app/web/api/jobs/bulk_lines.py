"""The lines of bulk checks: requests as they are sent, results as they are downloaded."""

import json
from collections.abc import Callable

from pydantic import ValidationError

from app.domain.checks.checks import Check, CheckRequest
from app.domain.core.errors import FieldError, InvalidInput
from app.domain.core.strict_json import loads
from app.services.ports import Languages
from app.web.api.checks.check_schemas import CheckIn, CheckOut
from app.web.json_route import faults_of
from app.web.problems import INVALID, field_of


def read_check(raw: bytes, languages: Languages) -> CheckRequest:
    """The request that a line asks for: the body of `POST /v1/checks`. Raises `NotJson`, `InvalidInput`."""
    value = loads(raw)
    if faults := list(faults_of(value)):
        raise InvalidInput(faults)
    try:
        body = CheckIn.model_validate(value)
    except ValidationError as error:
        located = [field_of({**fault, "loc": ("body", *fault["loc"])}) for fault in error.errors()]
        raise InvalidInput([FieldError(fault.pointer or "", fault.detail) for fault in located]) from error
    language = languages.canonical(body.language) if body.language else None
    if body.language and language is None:
        raise InvalidInput.at("/language", "names no language: write its code, such as en or ru, or leave it out")
    return body.request(language)


def result_line(number: int, found: Check | str, shown: Callable[[Check], CheckOut]) -> str:
    """Formats a result line: the number of the input line, with its `check` or its `problem`."""
    if isinstance(found, str):
        problem = INVALID.saying(found).model_dump(exclude_none=True)
        return json.dumps({"line": number, "problem": problem}, ensure_ascii=False) + "\n"
    return f'{{"line": {number}, "check": {shown(found).model_dump_json()}}}\n'

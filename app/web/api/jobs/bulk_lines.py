"""The results of bulk checks, as they are downloaded: one JSON object a line."""

import json
from collections.abc import Callable

from app.domain.checks.checks import Check
from app.schemas.checks import CheckOut
from app.web.problems import INVALID


def result_line(number: int, found: Check | str, shown: Callable[[Check], CheckOut]) -> str:
    """Formats a result line: the number of the input line, with its `check` or its `problem`."""
    if isinstance(found, str):
        problem = INVALID.problem(found).model_dump(exclude_none=True)
        return json.dumps({"line": number, "problem": problem}, ensure_ascii=False) + "\n"
    return f'{{"line": {number}, "check": {shown(found).model_dump_json()}}}\n'

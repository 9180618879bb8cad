"""Messages of the job queue as JSON, so that nothing is unpickled: who can write to the queue can then run no code."""

import json
from datetime import datetime
from typing import Any, Final

from huey.registry import Message
from huey.serializer import Serializer

from app.domain.core import strict_json

_MOMENTS: Final = ("eta", "expires", "expires_resolved")


class JsonMessages(Serializer):  # type: ignore[misc]
    """Huey serializer for messages whose arguments are JSON values."""

    def _serialize(self, data: Message) -> bytes:
        values = data._asdict()
        for name in _MOMENTS:
            if isinstance(values[name], datetime):
                values[name] = values[name].isoformat()
        return json.dumps(values).encode()

    def _deserialize(self, data: bytes) -> Message:
        """Raises `ValueError` for what is no such message."""
        values: Any = strict_json.loads(bytes(data), most_items=None)
        if not isinstance(values, dict):
            raise ValueError("not a message of the queue")  # noqa: TRY004 - what is documented
        for name in _MOMENTS:
            if isinstance(values.get(name), str):
                values[name] = datetime.fromisoformat(values[name])
        try:
            return Message(**{**values, "args": tuple(values["args"])})
        except (KeyError, TypeError) as error:
            raise ValueError("not a message of the queue") from error

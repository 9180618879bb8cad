"""Messages of the job queue as JSON, so that nothing is unpickled: who can write to the queue can then run no code."""

import json
from datetime import datetime
from typing import Any, Final

from huey.registry import Message
from huey.serializer import Serializer

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
        values: dict[str, Any] = json.loads(bytes(data))
        for name in _MOMENTS:
            if isinstance(values.get(name), str):
                values[name] = datetime.fromisoformat(values[name])
        try:
            return Message(**{**values, "args": tuple(values["args"])})
        except (KeyError, TypeError) as error:
            raise ValueError("not a message of the queue") from error

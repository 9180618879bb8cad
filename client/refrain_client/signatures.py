"""Verification of a webhook delivery's signature, as Standard Webhooks has it."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping

from refrain_client.decoding import decode
from refrain_client.errors import InvalidSignature
from refrain_client.service_answers import Event

_PREFIX = "whsec_"


def verify(body: bytes | str, headers: Mapping[str, str], secret: str, *, tolerance_s: float = 300) -> Event:
    """The event that a webhook received. Raises `InvalidSignature`.

    `body` is what came, byte for byte. A timestamp further than `tolerance_s` from now is refused. An event comes at
    least once: pass over one whose `id` you have seen.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    raw = body.encode() if isinstance(body, str) else body
    try:
        event_id, timestamp, signatures = (sent[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        away = abs(time.time() - int(timestamp))
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except KeyError as error:
        raise InvalidSignature(f"the header {error} is missing") from error
    except (binascii.Error, ValueError) as error:
        raise InvalidSignature("the timestamp is no number, or the secret is none that the service gave") from error
    if away > tolerance_s:
        raise InvalidSignature(f"the timestamp is {away:.0f} seconds from now")
    made = hmac.new(key, f"{event_id}.{timestamp}.".encode() + raw, hashlib.sha256).digest()
    expected = f"v1,{base64.b64encode(made).decode()}".encode()
    if not any(hmac.compare_digest(expected, one.encode()) for one in signatures.split(" ")):
        raise InvalidSignature("no signature was made with this secret")
    return decode(Event, json.loads(raw))

"""Stores when keys were last used, every few seconds: authenticating itself writes nothing."""

import asyncio
import logging

from fastapi.concurrency import run_in_threadpool

from app.services.access.manage_keys import ManageKeys

_EVERY_S = 5.0

logger = logging.getLogger("refrain.keys")


async def store_regularly(keys: ManageKeys) -> None:
    """Runs until it is cancelled."""
    while True:
        await asyncio.sleep(_EVERY_S)
        await run_in_threadpool(store, keys)


def store(keys: ManageKeys) -> None:
    """Stores the uses so far. What cannot be stored now is kept for the next time."""
    try:
        keys.store_uses()
    except Exception as error:  # noqa: BLE001
        logger.warning("when keys were last used cannot be stored now: %s", type(error).__name__)

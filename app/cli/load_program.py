"""Imports of a service, all at once, before it does anything."""

import gc
from importlib import import_module


def load_program() -> None:
    """Imports what a serving process needs, some two seconds; no thread is started by it.

    The garbage collector rests meanwhile and passes over all of it afterwards, for nothing of it is ever garbage.
    """
    gc.disable()
    try:
        for name in ("app.cli.draining", "app.main", "app.wiring"):
            import_module(name)
    finally:
        gc.enable()
    gc.freeze()

"""What a process no longer uses leaves its memory."""

import gc
import weakref

from builders import STAGED, client, services


def test_an_application_that_nobody_uses_any_more_is_freed_with_its_index_and_its_database(tmp_path):
    built = services(tmp_path)
    caller = client(built)
    assert caller.get("/docs").status_code == 200
    assert caller.post("/v1/checks", json={"text": STAGED}).status_code == 201
    built.store.close()
    left = [weakref.ref(part) for part in (caller.app, built.archive, built.store.engine)]

    del built, caller
    gc.collect()

    assert [part() for part in left] == [None] * len(left)

"""The client against a real service: real HTTP, real database, an embedder without a model."""

import contextlib
import threading
import time

import pytest
import uvicorn
from builders import services

from app.domain.access.keys import Scope
from app.main import create_app
from app.wiring import now
from refrain_client import Refrain


class Served:
    """A service on a port of this machine."""

    def __init__(self, built, url):
        self.services = built
        self.url = url

    def key(self, *scopes, **more):
        return self.services.manage_keys.create("of a test", scopes or list(Scope), "Desk", **more)[0]


@contextlib.contextmanager
def serving(data_dir, **settings):
    """A service until the block ends."""
    built = services(data_dir, clock=now, webhook_allowed_hosts="127.0.0.1", **settings)
    config = uvicorn.Config(create_app(built), port=0, log_level="warning", ws="none", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the service ended"
            time.sleep(0.01)
        yield Served(built, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join()
        built.store.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def refrain(served):
    with Refrain(served.url, served.key()) as one:
        yield one

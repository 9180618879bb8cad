"""The client against a real service: real HTTP, real database, an embedder without a model."""

import contextlib

import pytest
from builders import services
from serving import serving_app

from app.admin_wiring import now
from app.domain.access.keys import Scope
from app.main import create_app
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
    built = services(
        data_dir, clock=now, webhook_allowed_hosts="127.0.0.1", source_allowed_hosts="127.0.0.1", **settings
    )
    try:
        with serving_app(create_app(built)) as url:
            yield Served(built, url)
    finally:
        built.store.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served")) as one:
        yield one


@pytest.fixture
def refrain(served):
    with Refrain(served.url, served.key()) as one:
        yield one

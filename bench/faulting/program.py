"""Programs of the processes that are killed: the service, a rebuild of the index, snapshots, a migration."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from alembic import command
from alembic.config import Config

from app.main import create_app, http_protocol
from app.services import Services
from app.settings import Settings, load_settings
from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS, migrate
from app.wiring import build
from index.contract import EncoderInput
from index.text.language_detection import OfflineLanguages

_languages = OfflineLanguages()


def built(settings: Settings) -> Services:
    """All use cases, with a language detector that is loaded already."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    services = build(settings)
    loaded: Any = services.languages
    loaded._identifier = _languages._identifier
    return services


def serve(port: int) -> None:
    """`refrain serve`."""
    settings = load_settings()
    app = create_app(built(settings), settings)
    http = http_protocol(settings)
    uvicorn.run(app, http=http, host="127.0.0.1", port=port, access_log=False, log_level="warning")


def reindex() -> None:
    """`refrain reindex`."""
    services = built(load_settings())
    services.archive.backfill()
    services.archive.rebuild()


def snapshots() -> None:
    """Saves the index again and again, as a service does once a minute."""
    services = built(load_settings())
    services.archive.open()
    services.archive.backfill()
    while True:
        services.archive._saved = -1
        services.archive.save()


def upgrade() -> None:
    """`refrain migrate`."""
    engine = open_database(load_settings().resolved_database_url)
    migrate(engine)
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Takes a schema back, with what is in it."""
    engine = open_database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def _warm_up() -> Services:
    """Loads once, before processes are forked, what each would load: word lists, detector, routes. Searches nothing.

    Keep the result: its index has a thread, which a forked process must not try to end.
    """
    _languages.detect("It is loaded once, before processes are forked.")
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), embedder="hashing")
        services = built(settings)
        services.encoder.encode([EncoderInput("The harbour was closed after a night of rain.", "en")])
        create_app(services, settings)
        services.store.close()
        return services


_kept = _warm_up()

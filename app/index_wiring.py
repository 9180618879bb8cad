"""Settings to the index of an archive, in the engine and for the embedder that they name."""

from app.domain.core.errors import IndexUnavailable
from app.services.search.index_sync import IndexSync
from app.services.search.ports import ChosenIndex
from app.services.stance.classify_stance import ClassifyStance
from app.settings import Settings
from app.store.database import open_migrated
from app.store.search.index_connections import IndexConnections, index_connections
from app.store.search.index_turns import index_turns
from app.store.transaction import SqlStore
from index.contract import TextEncoder, VectorIndex
from index.factory import RemoteEngine, is_remote, is_shared, open_index, open_lexical_index
from index.search.projection import Projection
from index.search.shared import SharedIndex, Turns


def open_archive(
    settings: Settings,
    store: SqlStore,
    encoder: TextEncoder,
    classify_stance: ClassifyStance,
    projection: Projection,
    connections: IndexConnections | None = None,
    turns: Turns | None = None,
) -> IndexSync:
    """Indexes over a store's archive; those of this process are empty until `open` and `backfill` are called.

    Raises `UnknownEngine` and `EngineUnusable`.
    """
    folder, url = settings.snapshot_path.parent, settings.index_url
    remote = _remote_engine(settings, turns) if turns else None

    def open_vectors(of: Projection) -> VectorIndex:
        name = index_name(url, store, encoder, of)
        # A projection that is being fitted is no business of other processes.
        in_process = is_shared(url) and of is not projection
        return open_index("faiss:" if in_process else url, of.dimension, folder, name, connections, remote)

    return IndexSync(
        store,
        encoder,
        classify_stance,
        projection,
        open_vectors,
        lambda: open_lexical_index(folder),
        settings.snapshot_path,
    )


def index_name(url: str, store: SqlStore, encoder: TextEncoder, projection: Projection) -> str:
    """Name of an index of these vectors. On a server there are other archives' too; a database has its own alone."""
    name = f"{encoder.fingerprint}:{projection.fingerprint}"
    if not is_remote(url):
        return name
    with store.reading() as tx:
        return f"{name}:{tx.statements.archive_id()}"


def index_in_force(store: SqlStore) -> tuple[int, ChosenIndex | None]:
    """Number of the latest choice of index, and the index that it put in force; None: the settings choose."""
    with store.reading() as tx:
        return tx.index_choices.number(), next(iter(tx.index_choices.all()), None)


def drop_index(settings: Settings, index: ChosenIndex) -> None:
    """Removes an index that is not in force from its engine; those of processes go with their snapshots."""
    if not is_shared(index.index_url):
        return
    engine = open_migrated(settings.resolved_database_url)
    connections = index_connections(engine)
    remote = _remote_engine(settings, index_turns(engine, connections))
    try:
        opened = open_index(index.index_url, index.dimension, None, index.name, connections, remote)
        if isinstance(opened, SharedIndex):
            opened.drop()
    finally:
        if connections:
            connections.close()
        engine.dispose()


def _remote_engine(settings: Settings, turns: Turns) -> RemoteEngine:
    return RemoteEngine(turns, settings.qdrant_api_key.get_secret_value(), IndexUnavailable)

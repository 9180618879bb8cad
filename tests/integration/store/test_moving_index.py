"""An archive moves to another engine or embedder while it is searched and written."""

import itertools
import threading

import numpy as np
import pytest
from builders import GRAIN, POLICY, STAGED, draft, request
from waiting import until

from app.cli.moving import drop_former
from app.formats.scoring_file import FittedModel
from app.running import RunningServices
from app.services.search.index_sync import IndexSync
from app.services.search.move_index import MoveIndex
from app.settings import Settings
from app.store.transaction import SqlStore
from app.wiring import build, now
from bench.qdrant_on_edge.collections import EdgeCollections
from bench.qdrant_on_edge.server import Stub, serving
from index.embedders.hashing import HashingEmbedder

_numbers = itertools.count(1)


@pytest.fixture
def stub(tmp_path):
    with serving(Stub(EdgeCollections(tmp_path / "served"))) as served:
        yield served
    served.collections.close()


@pytest.fixture
def processes(url, tmp_path):
    """Makes services as processes have them: of the index in force, or of one `to` move to."""
    made = []

    def start(to=None, embedder=None, embedders=None, opened=False):
        number = next(_numbers)
        settings = Settings(data_dir=tmp_path / f"process-{number}", database_url=url, embedder="hashing")
        settings.data_dir.mkdir()
        if to or embedder:
            settings = settings.model_copy(
                update={"index_url": to or "faiss:", "embedder": embedder or settings.embedder}
            )
        spec = embedder or in_force(url) or "hashing"
        using = (embedders or {}).get(spec) or HashingEmbedder(256 if spec == "hashing" else int(spec))
        built = build(settings, using, fitted=FittedModel(POLICY, None), as_set=bool(to or embedder))
        made.append(built)
        if opened:
            built.archive.open()
            built.archive.backfill()
        return built

    yield start
    for one in made:
        one.store.close()


def in_force(url):
    """Embedder of the index in force."""
    from app.store.database import open_database

    store = SqlStore(open_database(url))
    with store.reading() as tx:
        chosen = tx.index_choices.all()
    store.close()
    return chosen[0].embedder if chosen else None


def move(processes, to=None, embedder=None, **options):
    return MoveIndex(processes(**options), processes(to, embedder, **options), now)()


def found(services, text=STAGED):
    [check] = services.check_statements([request(text, limit=200)])
    return {match.precedent.external_id for match in check.matches}


def filled(services, count=30):
    services.record_statements(
        [
            draft(f"{STAGED} Reported by station {number}.", "2021-01-01", external_id=f"S{number}")
            for number in range(count)
        ]
    )


def targets(request, stub):
    """Engines that an archive can move to, in this database."""
    shared = ["pgvector:"] if request.getfixturevalue("backend") == "postgresql" else []
    return [*shared, stub.url]


def test_an_archive_moves_to_each_engine_and_back(processes, request, stub):
    before = processes(opened=True)
    filled(before)
    expected = found(before)
    for number, to in enumerate([*targets(request, stub), "faiss:", *targets(request, stub)[-1:]]):
        moved = move(processes, to)
        assert (moved.faults, moved.statements, moved.alike) == ((), 30, 1.0)
        after = processes(opened=True)
        assert after.chosen_index.index_url == to
        assert found(after) == expected
        [new] = after.record_statements([draft(GRAIN, "2021-01-01", external_id=f"G{number}")])
        assert found(after, GRAIN) == {f"G{number}"}
        after.edit_statement.withdraw(new.statement.id)


class Load:
    """A thread that records statements, and checks that each is found at once, and so is what was there before."""

    def __init__(self, running, at_once):
        self.running = running
        self.at_once = at_once
        self.recorded = []
        self.wrong = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        while not self._stop.is_set():
            own = f"own-{len(self.recorded)}"
            try:
                self.running.services.record_statements(
                    [draft(f"{STAGED} Seen again by {own}.", "2021-01-01", external_id=own)]
                )
                self.recorded.append(own)
                seen = found(self.running.services)
            except Exception as error:  # noqa: BLE001 - whatever a caller would have got
                self.wrong.append(repr(error))
                continue
            if "S1" not in seen or (self.at_once and own not in seen):
                self.wrong.append(f"{own} finds {sorted(seen)}")


def running(processes, **options):
    """Services that follow the index in force, started and ready."""
    settings = Settings(work_in_background=False, request_timeout_s=1)
    started = RunningServices(processes(**options), settings, lambda: processes(**options))
    started.start()
    until(lambda: started.services.archive.ready and started.index_worker.failure is None)
    return started


def test_no_check_fails_and_nothing_is_lost_while_it_moves_between_engines(processes, request, stub):
    service = running(processes)
    filled(service.services)
    with Load(service, at_once=True) as load:
        for to in [*targets(request, stub), "faiss:"]:
            until(lambda: len(load.recorded) % 5 == 4)
            assert move(processes, to).faults == ()
            until(lambda to=to: service.services.chosen_index.index_url == to)
            so_far = len(load.recorded)
            until(lambda so_far=so_far: len(load.recorded) > so_far + 3)
    assert load.wrong == []
    assert set(load.recorded) <= found(service.services)
    service.stop()


def test_no_check_fails_and_nothing_is_lost_while_it_moves_to_another_embedder(processes):
    service = running(processes)
    filled(service.services)
    with Load(service, at_once=False) as load:
        until(lambda: len(load.recorded) > 3)
        moved = move(processes, embedder="64")
        assert (moved.faults, moved.alike) == ((), None)
        until(lambda: service.services.chosen_index.embedder == "64")
        so_far = len(load.recorded)
        until(lambda: len(load.recorded) > so_far + 3)
    assert load.wrong == []
    until(lambda: set(load.recorded) <= found(service.services))
    assert service.services.chosen_index.fingerprint != processes(embedder="hashing").chosen_index.fingerprint
    service.stop()


class Interrupted(BaseException):
    """As Ctrl-C ends a command."""


class Counting(HashingEmbedder):
    """Counts texts, and ends the command after some."""

    def __init__(self, dimension, most):
        super().__init__(dimension)
        self.most = most
        self.texts = 0

    def embed_tokens(self, texts, progress=None):
        if self.texts >= self.most:
            raise Interrupted
        self.texts += len(texts)
        return super().embed_tokens(texts, progress)


def test_an_interrupted_move_goes_on_where_it_was(processes):
    before = processes(opened=True)
    filled(before, 600)
    first = Counting(64, most=256)
    with pytest.raises(Interrupted):
        move(processes, embedder="64", embedders={"64": first})
    assert processes(opened=True).chosen_index.embedder == "hashing"
    second = Counting(64, most=10_000)
    assert move(processes, embedder="64", embedders={"64": second}).faults == ()
    assert 600 - 256 <= second.texts < 600
    assert len(found(processes(opened=True))) == 200


def test_a_build_that_is_interrupted_leaves_the_old_index_in_force(processes, request, stub, monkeypatch):
    before = processes(opened=True)
    filled(before)
    for to in targets(request, stub):
        with monkeypatch.context() as patched:
            patched.setattr(
                "app.services.search.shared_index_sync.put_vectors", lambda *_: (_ for _ in ()).throw(Interrupted)
            )
            with pytest.raises(Interrupted):
                move(processes, to)
        assert processes(opened=True).chosen_index.index_url != to
        assert move(processes, to).faults == ()


def test_an_index_of_before_that_is_damaged_is_built_anew(processes, stub):
    before = processes(opened=True)
    filled(before)
    assert move(processes, stub.url).faults == ()
    shared = processes(opened=True).archive.index.shared
    assert move(processes, "faiss:").faults == ()
    keys = shared.state()["ids"]
    with shared.changing() as changes:
        turned = np.roll(shared.vectors(keys.tolist()), 1, axis=1)
        changes.upsert(keys, turned, shared.attributes(keys.tolist()))
    assert move(processes, stub.url).faults == ()
    assert len(found(processes(opened=True))) == 30


@pytest.mark.parametrize("fault", ["missing", "other"])
def test_where_the_new_index_is_not_what_is_stored_nothing_is_switched(processes, stub, monkeypatch, fault):
    before = processes(opened=True)
    filled(before)
    backfill = IndexSync.backfill

    def damage(archive, *arguments, **options):
        backfill(archive, *arguments, **options)
        shared = archive.index.shared
        if shared is None:
            return
        keys = shared.state()["ids"]
        with shared.changing() as changes:
            if fault == "missing":
                changes.remove(keys[:1])
            else:
                turned = np.roll(shared.vectors(keys.tolist()), 1, axis=1)
                changes.upsert(keys, turned, shared.attributes(keys.tolist()))

    monkeypatch.setattr(IndexSync, "backfill", damage)
    moved = move(processes, stub.url)
    monkeypatch.setattr(IndexSync, "backfill", backfill)
    [said] = moved.faults[:1]
    assert ("vectors and 30 texts, not 30" in said) or ("of 30 statements 30 are otherwise" in said)
    assert processes().chosen_index.index_url == "faiss:"
    assert move(processes, "faiss:", "64").faults == ()


def test_an_archive_that_took_the_place_of_another_has_the_index_of_its_settings(processes, stub, url):
    before = processes(opened=True)
    filled(before)
    assert move(processes, stub.url).faults == ()
    from sqlalchemy import text

    from app.store.connections import writing

    with writing(before.store.engine) as connection:  # as restoring does
        connection.execute(text("UPDATE archive SET id = 'another'"))
    assert processes().chosen_index.index_url == "faiss:"


def test_old_indexes_and_vectors_are_kept_until_they_are_dropped(processes, stub, url, tmp_path, monkeypatch, capsys):
    before = processes(opened=True)
    filled(before)
    assert move(processes, stub.url).faults == ()
    assert move(processes, "faiss:", "64").faults == ()
    assert len(stub.collections.listed()) == 1
    monkeypatch.setattr("app.wiring.open_embedder", lambda *_: HashingEmbedder(64))
    drop_former(Settings(data_dir=tmp_path, database_url=url))
    assert "Old indexes deleted: 2; stored vectors of other embedders: 30." in " ".join(capsys.readouterr().err.split())
    assert stub.collections.listed() == []
    after = processes(opened=True)
    assert len(found(after)) == 30
    with after.store.reading() as tx:
        assert [chosen.index_url for chosen in tx.index_choices.all()] == ["faiss:"]

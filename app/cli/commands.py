"""The `refrain` command."""

import logging
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app.admin_wiring import open_store
from app.cli import check_output, document_output, output
from app.cli.access import keys, organisations
from app.cli.accounts import accounts
from app.cli.demo import check_incoming, demo_statement, incoming_statements, renew_account
from app.cli.output import cut_offs as print_cut_offs
from app.cli.output import scoring_model as print_policy
from app.cli.run import Misuse
from app.domain.access.keys import Organisation, Scope
from app.domain.checks.checks import CheckRequest
from app.formats.lines import Unreadable
from app.formats.opening import Format, line_count, open_lines
from app.formats.pair_cut_offs import write_pair_cut_offs
from app.formats.scoring_file import write_scoring_model
from app.schemas.checks import CheckIn
from app.schemas.documents import DocumentIn
from app.schemas.faults import validated
from app.services import Services
from app.services.health.monitor import HealthMonitor
from app.services.search.index_worker import IndexWorker
from app.settings import Settings, load_settings
from app.wiring import SAMPLE, build

_REJECTED_SHOWN = 20
_MOST_APPEARANCES = 1_000
_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype|html|head|body|article|div|p)\b[^<>]*>", re.IGNORECASE)

cli = typer.Typer(name="refrain", help=__doc__, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
cli.add_typer(keys, name="keys")
cli.add_typer(organisations, name="organisations")
cli.add_typer(accounts, name="accounts")
err = Console(stderr=True, highlight=False)
out = Console(highlight=False)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="The port to listen at.")] = None,
) -> None:
    """Run the service."""
    import uvicorn

    from app.main import HTTP_PROTOCOL, create_app

    settings = load_settings()
    _log_requests()
    services = build(settings)
    if settings.demo:
        _start_demo(services, host or settings.host, settings.port if port is None else port)
    uvicorn.run(
        create_app(services, settings),
        http=HTTP_PROTOCOL,
        host=host or settings.host,
        port=settings.port if port is None else port,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=20,
    )


@cli.command()
def work() -> None:
    """Work on jobs and webhooks only, as `refrain serve` does beside answering; any number may run."""
    settings = load_settings()
    logging.getLogger("refrain").setLevel(logging.INFO)
    services = _open_services(settings)
    keeper = IndexWorker(services.archive)
    monitor = HealthMonitor(
        services.store, services.encoder, keeper, services.background, services.last_uses, settings.data_dir
    )
    ended = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: ended.set())
    keeper.start()
    monitor.start()
    services.background.start()
    err.print("Working; Ctrl+C ends it after what is in hand.")
    ended.wait()
    services.background.stop()
    monitor.stop()
    keeper.stop()


@cli.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A file, or a folder with corpus.jsonl.")],
    format_: Annotated[Format, typer.Option("--format", help="How the file is written.")] = Format.AUTO,
    private: Annotated[
        str | None, typer.Option(metavar="ORGANISATION", help="Seen and found by this organisation alone.")
    ] = None,
) -> None:
    """Read statements into the archive. Safe to repeat; exit code 2 when lines were rejected."""
    settings = load_settings()
    if not path.exists():
        raise Unreadable(f"{path} is not there")
    services = _open_services(settings)
    owner = services.manage_organisations.get(private) if private else None
    rejected = _import(services, path, format_, owner)
    raise typer.Exit(2 if rejected else 0)


@cli.command()
def check(
    text: Annotated[str | None, typer.Argument(help="The statement, or - to read it from standard input.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="FILE|-", help="An article, as text or HTML: checks each claim in it.")
    ] = None,
    said_at: Annotated[
        str | None,
        typer.Option(
            "--said-at", "--published-at", help="When it was said, or published: YYYY, YYYY-MM, a day; default: now."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many precedents at most.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as the API gives it.")] = False,
) -> None:
    """Check one statement, or an article, against the archive, without a server and without storing anything."""
    if (text is None) == (document is None):
        raise Misuse("say what to check: a statement, or --document with the file of an article")
    if document is not None:
        _check_document(document, published_at=said_at, limit=limit, json=json)
        return
    raw = _standard_input() if text == "-" else text or ""
    asked = {"text": raw, "limit": limit, "record": False, **({"said_at": said_at} if said_at else {})}
    request = validated(CheckIn, asked).request()
    services = _open_services(load_settings())
    [answer] = services.check_statements([request])
    if json:
        print(output.as_json(answer))
    else:
        check_output.check(out, services.texts.for_language(), answer)


@cli.command()
def evaluate(
    folder: Annotated[
        Path, typer.Argument(help="A folder with corpus.jsonl, queries.jsonl and qrels.tsv, or with judged pairs.")
    ],
    any_time: Annotated[bool, typer.Option("--any-time", help="Also count precedents that are not earlier.")] = False,
    split: Annotated[str | None, typer.Option(help="Only the queries of this split.")] = None,
    repeat_share: Annotated[
        float,
        typer.Option(min=0.001, max=0.999, help="Share of the statements that arrive in use that repeat something."),
    ] = 0.1,
    new_texts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Texts that repeat nothing, as JSON lines with text; default: shipped ones."),
    ] = None,
    beside: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER|FILE", help="Statements in the archive beside the precedents of judged pairs."),
    ] = None,
    most_beside: Annotated[int | None, typer.Option(min=0, help="At most so many of them.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure how good the answers are on a labelled folder, in a throwaway archive.

    The precision of flags in use is worked out for a stated mix: of the statements that arrive, one in ten
    (--repeat-share) repeats something and is flagged as often as the folder's queries with a right precedent are; the
    rest repeats nothing and is flagged as often as the texts that ship for this purpose are, or those of --new-texts.
    """
    from app.cli.evaluate import evaluate_folder

    with _progress() as track:
        figures = evaluate_folder(
            load_settings(),
            folder,
            any_time=any_time,
            split=split,
            track=track,
            repeat_share=repeat_share,
            new_texts=new_texts,
            beside=beside,
            most_beside=most_beside,
        )
    if json:
        print(output.figures_as_json(figures))
    else:
        output.figures(out, figures)


@cli.command()
def calibrate(
    folders: Annotated[list[Path], typer.Argument(help="Labelled folders; docs/quality.md says what each may hold.")],
    with_reviews: Annotated[
        bool, typer.Option("--with-reviews", help="Also learn from what analysts decided in this archive.")
    ] = False,
    precision: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="Share of flags that are to be right, of the pair model.")
    ] = 0.9,
    repeat_share: Annotated[
        float,
        typer.Option(min=0.001, max=0.999, help="Share of the statements that arrive in use that repeat something."),
    ] = 0.1,
    fit_policy: Annotated[
        bool, typer.Option("--fit-policy", help="Fit a policy of whole rankings although there are judged pairs.")
    ] = False,
    dense: Annotated[
        bool, typer.Option("--dense", help="Fit a policy that uses vectors alone: no terms, no projection.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Where to write; default: policy.json in the data folder.")
    ] = None,
) -> None:
    """Choose the cut-offs of the pair model, or fit a scoring policy. REFRAIN_POLICY=FILE puts either in force.

    Where a folder holds judged pairs (pairs.jsonl with statement, precedent and label) and a pair model ships for the
    embedder: the flag cut-off is the lowest at which --precision of the flags are right, both among the judged pairs
    and in use, where --repeat-share of the statements repeat something and the rest are like the texts that ship for
    this. The pair model itself stays as it is. Otherwise a policy is fitted that scores candidates by their ranking.
    """
    from app.formats.judged_pairs import has_judged_pairs

    settings = load_settings()
    target = output or settings.data_dir / "policy.json"
    if not (fit_policy or dense) and any(map(has_judged_pairs, folders)):
        from app.cli.calibrate_cut_offs import calibrate_cut_offs, has_pair_model

        if has_pair_model(settings):
            with _progress() as track:
                reviewed = _open_services(settings) if with_reviews else None
                chosen = calibrate_cut_offs(
                    settings, folders, precision=precision, repeat_share=repeat_share, reviewed=reviewed, track=track
                )
            write_pair_cut_offs(target, chosen)
            print_cut_offs(out, chosen)
            _say_where(target)
            return
    try:
        from app.cli.calibrate import calibrate_folders
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("scipy"):
            raise
        raise Misuse("fitting needs the package scipy, which is not installed: `make models` installs it") from error

    with _progress() as track:
        reviewed = _open_services(settings) if with_reviews else None
        fitted = calibrate_folders(settings, folders, dense=dense, reviewed=reviewed, track=track)
    write_scoring_model(target, fitted)
    print_policy(out, fitted.policy)
    err.print("Its figures are of queries like these folders'. What flags are worth in use, refrain evaluate says.")
    _say_where(target)


@cli.command()
def migrate() -> None:
    """Bring the database schema up to date, as every command does."""
    open_store(load_settings())
    err.print("The schema is up to date.")


@cli.command()
def reindex() -> None:
    """Embed what has no vector yet, and build the index anew from stored vectors."""
    services = build(load_settings())
    _embed_missing(services)
    services.archive.rebuild()
    err.print(f"The index holds {services.archive.size:,} statements.")


@cli.command()
def demo() -> None:
    """Load the sample archive and check one statement against it."""
    services = _open_services(load_settings())
    _import(services, SAMPLE, Format.AUTO)
    statement, said_at = demo_statement()
    request = CheckRequest(text=statement, said_at=said_at, limit=8, record=False)
    [answer] = services.check_statements([request])
    phrases = services.texts.for_language()
    check_output.check(out, phrases, answer)
    for history in answer.narratives[:1]:
        check_output.print_timeline(out, phrases, answer, services.narrative_timeline(history.id, 0, _MOST_APPEARANCES))


def _say_where(target: Path) -> None:
    err.print(f"Written to {target}. Start with REFRAIN_POLICY={target} to put it in force.", markup=False)


def _check_document(place: str, *, published_at: str | None, limit: int, json: bool) -> None:
    """Prints the quoted claims of an article, each with its check."""
    raw = _standard_input() if place == "-" else _file(Path(place))
    kind = "html" if _LOOKS_LIKE_HTML.search(raw) else "text"
    asked = {kind: raw, "limit": limit, "record": False, **({"published_at": published_at} if published_at else {})}
    request = validated(DocumentIn, asked).request()
    checker = _open_services(load_settings()).check_document
    answer = checker.check(checker.read(request), request)
    if json:
        print(document_output.document_as_json(answer))
    else:
        document_output.document(out, answer)


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _file(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error


def _log_requests() -> None:
    """Sets up logging: requests as lines of JSON, everything else as text with a date."""
    logging.getLogger("refrain.index").setLevel(logging.INFO)
    requests = logging.getLogger("refrain.request")
    requests.setLevel(logging.INFO)
    requests.propagate = False
    lines = logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(message)s"))
    requests.addHandler(lines)


def _open_services(settings: Settings) -> Services:
    """Builds the services, with their index loaded and nothing left to embed."""
    services = build(settings)
    services.archive.open()
    _embed_missing(services)
    return services


def _embed_missing(services: Services) -> None:
    pending = services.archive.backlog()
    if pending:
        with _progress() as track:
            services.archive.backfill(track("Embedding", pending))
    else:
        services.archive.backfill()


def _import(services: Services, path: Path, format_: Format, owner: Organisation | None = None) -> int:
    """Imports a path and prints the outcomes; the number of rejected lines."""
    lines = ((file.name, line) for file, line in open_lines(path, format_))
    with _progress() as track:
        report = services.import_statements(lines, track("Importing", line_count(path)), owner)
    output.report(err, report, _REJECTED_SHOWN)
    return len(report.rejected)


def _start_demo(services: Services, host: str, port: int) -> None:
    services.archive.open()
    _embed_missing(services)
    _import(services, SAMPLE, Format.AUTO)
    for key in services.manage_keys.all():
        if key.organisation.name == "demo" and key.revoked_at is None:
            services.manage_keys.revoke(key.id)
    secret, key = services.manage_keys.create("demo", list(Scope), "demo")
    incoming = incoming_statements(key.organisation)
    with _progress() as track:
        check_incoming(services, key.organisation, incoming, track("Checking what came in", len(incoming)))
    login, password = renew_account(services, key.organisation)
    output.demo(out, host, port, secret, login, password)


@contextmanager
def _progress() -> Iterator[Callable[[str, int], Callable[[int], None]]]:
    """Progress bars on stderr that disappear when done: `track(title, total)` gives the function to call with each
    advance."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:

        def track(title: str, total: int) -> Callable[[int], None]:
            task = progress.add_task(title, total=total)
            return lambda more: progress.advance(task, more)

        yield track

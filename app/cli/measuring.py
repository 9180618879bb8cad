"""`refrain evaluate` and `refrain calibrate`: how good the answers are, and fitting them."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import err, out, progress
from app.cli.opening import open_services


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
    from app.cli import output
    from app.cli.evaluate import evaluate_folder
    from app.settings import load_settings

    with progress() as track:
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
    from app.cli import output as printed
    from app.formats.judged_pairs import has_judged_pairs
    from app.settings import load_settings

    settings = load_settings()
    target = output or settings.data_dir / "policy.json"
    if not (fit_policy or dense) and any(map(has_judged_pairs, folders)):
        from app.cli.calibrate_cut_offs import calibrate_cut_offs, has_pair_model
        from app.formats.pair_cut_offs import write_pair_cut_offs

        if has_pair_model(settings):
            with progress() as track:
                reviewed = open_services(settings) if with_reviews else None
                chosen = calibrate_cut_offs(
                    settings, folders, precision=precision, repeat_share=repeat_share, reviewed=reviewed, track=track
                )
            write_pair_cut_offs(target, chosen)
            printed.cut_offs(out, chosen)
            _say_where(target)
            return
    from app.cli.calibrate import calibrate_folders
    from app.formats.scoring_file import write_scoring_model

    with progress() as track:
        reviewed = open_services(settings) if with_reviews else None
        fitted = calibrate_folders(settings, folders, dense=dense, reviewed=reviewed, track=track)
    write_scoring_model(target, fitted)
    printed.scoring_model(out, fitted.policy)
    err.print("Its figures are of queries like these folders'. What flags are worth in use, refrain evaluate says.")
    _say_where(target)


def _say_where(target: Path) -> None:
    err.print(f"Written to {target}. Start with REFRAIN_POLICY={target} to put it in force.")

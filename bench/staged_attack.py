"""Does the statement that the project started from find its precedents, in three languages?

    python bench/staged_attack.py FOLDER [--show]

FOLDER has EUvsDisinfo's cases as `corpus.jsonl`. Checks Karpov's statement of 23 May 2021 in English, Russian and Arabic
(`sample/demo_statements.jsonl`) against them, and counts, among the first ten, the cases of the script: somebody stages
a chemical attack, or is about to, to have another blamed. Says at which rank the case of 2018 about Jisr al-Shughour
itself stands. A case counts when its title or keywords name chemical
weapons (or gas, chlorine, toxic agents) and its title says that they are staged (see `STAGED`); `--show` prints all ten,
to judge for oneself.
"""

import argparse
import json
import re
import tempfile
from pathlib import Path

from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import parse_period
from app.formats.opening import Format, open_lines
from app.settings import load_settings
from app.wiring import SAMPLE, build

CHEMICAL = re.compile(r"chemical|chlorine|toxic|sarin|\bgas\b", re.IGNORECASE)
STAGED = re.compile(
    r"stag(e|ed|ing)|false.flag|provocation|fabricat|fak(e|ed|ing)|falsif|prepar|plan(s|ning|ned)?\b|plot|imitat|simulat",
    re.IGNORECASE,
)

JISR = re.compile(r"jisr (al|ash)-sh", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    statements = [json.loads(line) for line in (SAMPLE / "demo_statements.jsonl").open(encoding="utf-8")][:3]
    with tempfile.TemporaryDirectory() as data_dir:
        services = build(load_settings().model_copy(update={"data_dir": Path(data_dir), "database_url": ""}))
        services.archive.open()
        services.archive.backfill()
        lines = ((file.name, line) for file, line in open_lines(options.folder, Format.AUTO))
        services.import_statements(lines)
        said_at = parse_period(statements[0]["said_at"])
        for statement in statements:
            request = CheckRequest(statement["text"], said_at=said_at, limit=50, minimum_tier="any", record=False)
            [check] = services.check_statements([request])
            first = check.matches[:10]
            of_the_script = [_is_of_the_script(services, match.precedent.id) for match in first]
            later = sum(match.days_before is None or match.days_before <= 0 for match in first)
            place = next((at for at, match in enumerate(check.matches, 1) if JISR.search(match.precedent.text)), None)
            print(
                f"{statement['lang']}: {sum(of_the_script)} of {len(first)} are of the script, {later} later; "
                f"Jisr al-Shughour 2018 at rank {place or 'beyond 50'}"
            )
            if options.show:
                for match, counts in zip(first, of_the_script, strict=True):
                    one = match.precedent
                    print(f"   {'+' if counts else ' '} {match.score:.3f} {one.said_at.text} {one.text}")


def _is_of_the_script(services: object, statement_id: str) -> bool:
    statement = services.edit_statement.get(statement_id)
    named = " ".join([statement.text, *statement.metadata.get("keywords", [])])
    return bool(CHEMICAL.search(named) and STAGED.search(statement.text))


if __name__ == "__main__":
    main()

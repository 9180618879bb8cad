"""Do edited copies still find what the original found?

    python bench/edits.py FOLDER [--split dev] [--kinds typos,upper] [--seeds 3] [--archive DIR]

FOLDER is a labelled set (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`). Every query is edited by a script, one kind of
edit at a time, and checked against the corpus without regard to dates; printed are success@5 unedited, edited, the fall
in points, and how many queries were found before and are lost, or the other way round. With several seeds, means over
them. `--archive` keeps the loaded corpus for the next run; without it, it is loaded into a throwaway archive.
"""

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.opening import Format, open_lines
from app.services import Services
from app.services.evaluation.evaluate import request_of
from app.settings import load_settings
from app.wiring import build

Edit = Callable[[str, random.Random], str]

HOMOGLYPHS = dict(
    zip("aeopcxyisjABCEHIKMOPTXавекмоАВЕКМОРСТХрсух", "аеорсхуіѕјАВСЕНІКМОРТХabekmoABEKMOPCTXpcyx", strict=True)
)
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
EMOJI = ("🔥", "😱", "🚨", "❗️", "👉🏽", "💥", "🇺🇸", "😂", "⚠️", "👨‍👩‍👧")
TAGS = ("#BreakingNews", "#WakeUp", "#truth", "#must_watch", "#MediaLies")
AMPLIFIED = {
    "before": ("BREAKING: ", "SHOCKING! ", "Absolutely unbelievable: ", "This is huge!!! ", "WOW. "),
    "within": ("absolutely", "totally", "really", "incredibly", "literally"),
    "after": (
        " This is absolutely shocking!!!",
        " Share before they delete this!",
        " Unbelievable!!!",
        " Sooooo evil!!",
    ),
}
MINIMISED = {
    "before": ("Some say ", "Reportedly, ", "It seems that ", "Allegedly ", "Apparently, "),
    "within": ("reportedly", "a little", "perhaps", "somewhat", "possibly"),
    "after": (" or so some say.", " Not a big deal.", " At least that is what people say.", " Nothing special, maybe."),
}


def typos(text: str, dice: random.Random) -> str:
    """In a tenth of the words, one letter swapped with the next, dropped, or replaced by another."""

    def slip(word: str) -> str:
        at = dice.randrange(len(word) - 1)
        match dice.choice(("swap", "drop", "replace")):
            case "swap":
                return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case "drop":
                return word[:at] + word[at + 1 :]
            case _:
                return word[:at] + dice.choice([one for one in text if one.isalpha()]).lower() + word[at + 1 :]

    return _words(text, 0.1, dice, slip, r"[^\W\d_]{3,}")


def homoglyphs(text: str, dice: random.Random) -> str:
    """15 % of the letters that have a homoglyph in another script are replaced by it."""
    return "".join(HOMOGLYPHS[one] if one in HOMOGLYPHS and dice.random() < 0.15 else one for one in text)


def zero_width(text: str, dice: random.Random) -> str:
    """In a fifth of the words, a character that nobody sees."""

    def split(word: str) -> str:
        at = dice.randrange(1, len(word))
        return word[:at] + dice.choice(ZERO_WIDTH) + word[at:]

    return _words(text, 0.2, dice, split, r"\w{2,}")


def emoji(text: str, dice: random.Random) -> str:
    """Emoji after a tenth of the words, and two or three at the end."""
    marked = _words(text, 0.1, dice, lambda word: f"{word} {dice.choice(EMOJI)}")
    return marked + " " + "".join(dice.sample(EMOJI, dice.randint(2, 3)))


def hashtags(text: str, dice: random.Random) -> str:
    """A fifth of the longer words become hashtags, half of them with the word after; two are added at the end."""

    def tag(match: re.Match[str]) -> str:
        if dice.random() > 0.2:
            return match[0]
        if dice.random() < 0.5:
            return f"#{match[1]} {match[2]}"
        return f"#{match[1].capitalize()}{match[2].capitalize()}"

    return re.sub(r"(?<![\w#@/.])([^\W\d_]{4,}) ([^\W\d_]+)(?![\w/])", tag, text) + " " + " ".join(dice.sample(TAGS, 2))


def links(text: str, dice: random.Random) -> str:
    """A shortened link in front or behind, and one to a picture or an article behind, sometimes without a blank."""
    code = "".join(dice.choices("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=10))
    more = dice.choice(("pic.twitter.com/", "www.example.org/2021/05/a-long-story.html?id=", "bit.ly/")) + code[:7]
    short = f"https://t.co/{code}"
    blank = dice.choice((" ", " ", ""))
    return f"{short} {text} {more}" if dice.random() < 0.5 else f"{text}{blank}{short} {more}"


def retweet(text: str, dice: random.Random) -> str:
    """Passed on: `RT @somebody:` in front, sometimes twice, or a mention behind."""
    names = dice.sample(("news_desk", "JaneDoe77", "theRealOne", "patriot4ever"), 2)
    return dice.choice(
        (f"RT @{names[0]}: {text}", f"RT @{names[0]}: RT @{names[1]}: {text}", f"{text} via @{names[0]}")
    )


def quotes(text: str, dice: random.Random) -> str:
    """The whole in quotation marks of some language, and those inside changed to another kind."""
    opening, closing = dice.choice(("“”", "«»", "„“", '""', "‘’", "‹›", "「」"))
    inside = dice.choice(("'", "‘", "”", "«"))
    return opening + re.sub(r"[\"“”]", inside, text).replace("’", "'") + closing


def amplify(text: str, dice: random.Random) -> str:
    """Words that make more of it in front, within and behind, and the sentence's end shouted."""
    return _with_phrases(text, AMPLIFIED, dice)


def minimise(text: str, dice: random.Random) -> str:
    """Words that make less of it in front, within and behind."""
    return _with_phrases(text, MINIMISED, dice)


EDITS: dict[str, Edit] = {
    "typos": typos,
    "upper": lambda text, _: text.upper(),
    "lower": lambda text, _: text.lower(),
    "title": lambda text, _: text.title(),
    "homoglyphs": homoglyphs,
    "zero_width": zero_width,
    "emoji": emoji,
    "hashtags": hashtags,
    "links": links,
    "retweet": retweet,
    "quotes": quotes,
    "amplify": amplify,
    "minimise": minimise,
}


def _with_phrases(text: str, words: dict[str, Sequence[str]], dice: random.Random) -> str:
    within = _words(text, 0.05, dice, lambda word: f"{dice.choice(words['within'])} {word}", r"(?<=[a-z] )[a-z]{4,}")
    return dice.choice(words["before"]) + within + dice.choice(words["after"])


def _words(text: str, share: float, dice: random.Random, change: Callable[[str], str], word: str = r"\w+") -> str:
    """`change` applied to that share of the words, at least to one; what belongs to links and names is left alone."""
    found = [one for one in re.finditer(word, text) if not re.search(r"[@/#][\w./]*$", text[: one.start()])]
    for one in sorted(dice.sample(found, min(len(found), max(1, round(share * len(found))))), key=re.Match.start)[::-1]:
        text = text[: one.start()] + change(one[0]) + text[one.end() :]
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--kinds", default=",".join(EDITS), help="which edits, between commas")
    parser.add_argument("--seeds", type=int, default=3, help="how many times each edit is made anew")
    parser.add_argument("--archive", type=Path, help="where to keep the loaded corpus for the next run")
    options = parser.parse_args()
    queries = [query for query in read_queries(options.folder, options.split) if query.grades]
    with tempfile.TemporaryDirectory(prefix="refrain-edits-") as throwaway:
        services = _loaded(options.folder, options.archive or Path(throwaway))
        print(f"{services.encoder.name}, policy {services.policy.version}; {options.folder.name} {options.split or ''}")
        before = _found(services, queries, [query.text for query in queries])
        print(f"{len(queries)} queries, success@5 unedited {_share(before):.3f}")
        for kind in options.kinds.split(","):
            after, lost, gained = 0.0, 0, 0
            for seed in range(options.seeds):
                edited = [EDITS[kind](query.text, random.Random(f"{seed} {query.id}")) for query in queries]
                now = _found(services, queries, edited)
                after += _share(now) / options.seeds
                lost += sum(was and not is_now for was, is_now in zip(before, now, strict=True))
                gained += sum(is_now and not was for was, is_now in zip(before, now, strict=True))
            fall = 100 * (_share(before) - after)
            changes = f"lost {lost / options.seeds:.1f}, gained {gained / options.seeds:.1f}"
            print(f"{kind:12s} {after:.3f}  falls by {fall:5.2f} points  {changes}", flush=True)
        services.store.close()


def _loaded(folder: Path, archive: Path) -> Services:
    services = build(load_settings().model_copy(update={"data_dir": archive, "database_url": ""}))
    services.archive.open()
    services.archive.backfill()
    lines = ((file.name, line) for file, line in open_lines(folder, Format.AUTO))
    services.import_statements(lines)
    return services


def _found(services: Services, queries: Sequence[LabelledQuery], texts: Sequence[str]) -> list[bool]:
    """For each query in the wording of `texts`: is a right precedent among the first five?"""
    best = max(grade for query in queries for grade in query.grades.values())
    found = []
    for start in range(0, len(queries), 128):
        requests = [
            request_of(text.strip(), language=query.language, said_at=query.said_at, earlier_only=False)
            for query, text in zip(queries[start : start + 128], texts[start : start + 128], strict=True)
        ]
        for query, check in zip(queries[start : start + 128], services.check_statements(requests), strict=True):
            first = [query.grades.get(match.precedent.external_id, 0) for match in check.matches[:5]]
            found.append(best in first)
    return found


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)


if __name__ == "__main__":
    main()

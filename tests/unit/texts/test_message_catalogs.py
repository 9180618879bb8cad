"""The words that readers see: apart from the code, and complete."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, MessageReference
from fluent.syntax.visitor import Visitor

from app.domain.core.dates import parse_period
from app.texts import fluent
from app.texts.fluent import FALLBACK, FluentCatalogs, FluentMessages

APP = Path(fluent.__file__).parents[1]
TEXTS = Path(fluent.__file__).parent
LANGUAGES = FluentCatalogs().languages
CALLED_BY_NUMBER = {f"{form}-{precision}" for form in ("on", "date") for precision in ("day", "month", "year")}


@cache
def messages(language):
    """Each message of a language, by its id."""
    found = {}
    for file in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, Junk), f"{file}: {entry.content}"
            if isinstance(entry, Message):
                assert entry.id.name not in found, f"{language} has {entry.id.name} twice"
                found[entry.id.name] = entry
    return found


class References(Visitor):
    def __init__(self):
        self.ids = set()

    def visit_MessageReference(self, node: MessageReference):  # noqa: N802 (the visitor looks for this name)
        self.ids.add(node.id.name)


def ids(node):
    """The ids that an expression may stand for, and whether each is whole or the beginning of one."""
    match node:
        case ast.Constant(value=str() as whole):
            yield whole, True
        case ast.JoinedStr(values=[ast.Constant(value=beginning), *_]):
            yield beginning, False
        case ast.IfExp(body=one, orelse=other):
            yield from ids(one)
            yield from ids(other)


@cache
def said_in_code():
    """The ids that the program says: whole ones, and the beginnings of those that it puts together."""
    found = set()
    for file in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "attr", None) == "format_message":
                found.update(ids(node.args[0]))
    for file in APP.rglob("*.html"):
        found.update((name, True) for name in re.findall(r"\bsay\(\s*[\"']([a-z0-9-]+)[\"']", file.read_text("utf-8")))
    return {name for name, whole in found if whole}, {name for name, whole in found if not whole}


def handed_to_templates():
    """Every text in the code of pages and in templates, and the beginnings of those put together: some are ids."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (APP / "web/pages").rglob("*.py")]
    found = {of for tree in trees for node in ast.walk(tree) for of in ids(node)}
    for file in APP.rglob("*.html"):
        found |= {(text, not more) for text, more in re.findall(r"'([a-z0-9-]+)'\s*(~?)", file.read_text("utf-8"))}
    whole = {text for text, complete in found if complete}
    return whole | {f"{text}-advice" for text in whole}, {text for text, complete in found if not complete and text[1:]}


def phrases(source, language="en", otherwise=None):
    """Phrases of one file."""
    return FluentMessages(language, [source], otherwise)


def test_every_message_that_the_code_uses_exists_in_english():
    known = set(messages(FALLBACK))
    whole, beginnings = said_in_code()
    assert whole - known == set()
    assert {start for start in beginnings if not any(one.startswith(start) for one in known)} == set()


def test_every_english_message_is_used():
    known = messages(FALLBACK)
    references = References()
    for one in known.values():
        references.visit(one)
    whole, beginnings = (one | other for one, other in zip(said_in_code(), handed_to_templates(), strict=True))
    said = whole | references.ids | CALLED_BY_NUMBER
    assert {one for one in known if one not in said and not any(one.startswith(start) for start in beginnings)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translated_message_exists_in_english(language):
    assert set(messages(language)) - set(messages(FALLBACK)) == set()


@pytest.mark.parametrize(
    ("wanted", "given"), [([], "en"), (["en-GB"], "en"), (["EN"], "en"), (["tlh", "en"], "en"), (["tlh"], "en")]
)
def test_the_readers_language_is_the_nearest_that_there_is(wanted, given):
    assert FluentCatalogs().for_language(wanted).language == given


def test_missing_translations_fall_back_to_english():
    german = phrases("greeting = Guten Tag", "de", phrases("greeting = Hello\nfarewell = Bye"))
    assert (german.format_message("greeting"), german.format_message("farewell")) == ("Guten Tag", "Bye")


def test_an_unknown_message_id_is_an_error():
    with pytest.raises(LookupError, match="no language has a text 'greeting'"):
        phrases("farewell = Bye").format_message("greeting")


def test_a_missing_message_argument_is_an_error():
    with pytest.raises(LookupError, match="'greeting' of language 'en': Unknown external: name"):
        phrases("greeting = Hello, { $name }").format_message("greeting")


@pytest.mark.parametrize(
    ("raw", "on", "by_itself"),
    [
        ("2021", "in 2021", "2021"),
        ("2021-02", "in February 2021", "February 2021"),
        ("2021-04-24", "on 24 April 2021", "24 April 2021"),
        ("0001", "in 1", "1"),
        ("9999-12-31", "on 31 December 9999", "31 December 9999"),
        ("2021-04-24T10:00:00Z", "on 24 April 2021", "24 April 2021"),
        ("2021-04-24T23:30:00-03:00", "on 25 April 2021", "25 April 2021"),
    ],
)
def test_a_date_is_written_with_its_precision(raw, on, by_itself):
    source = (TEXTS / "en/dates.ftl").read_text("utf-8")
    when = phrases(f"{source}\nboth = {{ ON($when) }}; {{ DATE($when) }}").format_message(
        "both", when=parse_period(raw)
    )
    assert when == f"{on}; {by_itself}"


def test_an_unknown_date_form_is_an_error():
    with pytest.raises(LookupError, match=r"write \{ ON"):
        phrases("when = { $when }").format_message("when", when=parse_period("2021"))


@pytest.mark.parametrize(
    ("items", "listed"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_are_joined_with_and(items, listed):
    source = (TEXTS / "en/lists.ftl").read_text("utf-8")
    assert phrases(source + "\nlisted = { $items }").format_message("listed", items=items) == listed


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (1_003, "1,003rd")]
)
def test_ordinals(number, said):
    source = "nth = { $n }{ ORDINAL($n) ->\n [one] st\n [two] nd\n [few] rd\n *[other] th\n }"
    assert phrases(source).format_message("nth", n=number) == said


def test_plurals_follow_the_language():
    ukrainian = phrases("days = { $n ->\n [one] { $n } день\n [few] { $n } дні\n *[many] { $n } днів\n }", "uk")
    assert [ukrainian.format_message("days", n=n) for n in (1, 3, 5, 21)] == ["1 день", "3 дні", "5 днів", "21 день"]


def test_arguments_are_inserted_without_isolation_marks():
    hostile = "<b>{ $other }</b> “هجوم” 400"
    assert phrases("quoted = It said { $text }.").format_message("quoted", text=hostile) == f"It said {hostile}."


def test_long_arguments_are_truncated_with_an_ellipsis():
    said = phrases("quoted = It said { $text }.").format_message("quoted", text="x" * 5_000)
    assert said.endswith("x….")
    assert len(said) < 2_100

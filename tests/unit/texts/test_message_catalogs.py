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
from app.texts.reasons import PREFIX

GIVEN_TO_DATES = {"case", "day", "month", "year"}
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
    found.add((PREFIX, False))  # found by their words (test_reasons.py)
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


FILES = sorted({file.name for file in TEXTS.glob("*/*.ftl")})
TRANSLATIONS = [language for language in LANGUAGES if language != FALLBACK]
PLURALS = {"uk": {"one", "few"}}


def entries(language, file):
    """Each message of a file of a language, by its id; none where there is no such file."""
    path = TEXTS / language / file
    return {entry.id.name: entry for entry in parsed(path) if isinstance(entry, Message)} if path.exists() else {}


def parsed(path):
    return FluentParser().parse(path.read_text("utf-8")).body


class Arguments(Visitor):
    """The arguments of a message, and the plural selectors that lack a form."""

    def __init__(self, forms):
        self.names, self.lacking, self._forms = set(), [], forms

    def visit_VariableReference(self, node):  # noqa: N802 (the visitor looks for this name)
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node):  # noqa: N802
        keys = {getattr(variant.key, "name", None) for variant in node.variants}
        if keys & {"one", "few", "many"} and not keys >= self._forms:
            self.lacking.append(sorted(filter(None, keys)))
        self.generic_visit(node)


def arguments(entry, forms=frozenset()):
    found = Arguments(forms)
    found.visit(entry)
    return found


def with_references(entry, known):
    """The arguments of a message, and of those that it is put together from."""
    names, references = set(arguments(entry).names), References()
    references.visit(entry)
    return names.union(*(with_references(known[one], known) for one in references.ids if one in known))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translated_file_has_the_messages_of_the_english_one(language, file):
    english, translated = entries(FALLBACK, file), entries(language, file)
    path = f"app/texts/{language}/{file}"
    assert sorted(set(english) - set(translated)) == [], f"{path} lacks these messages"
    assert sorted(set(translated) - set(english)) == [], f"app/texts/{FALLBACK}/{file} lacks these messages"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translated_message_takes_the_arguments_and_attributes_of_the_english_one(language, file):
    english, translated = entries(FALLBACK, file), entries(language, file)
    everything = {tongue: messages(tongue) for tongue in (FALLBACK, language)}
    for name in set(english) & set(translated):
        takes, given = (
            with_references(one, everything[tongue])
            for one, tongue in ((translated[name], language), (english[name], FALLBACK))
        )
        more = GIVEN_TO_DATES if name in CALLED_BY_NUMBER else set()
        assert takes - given - more == set(), (
            f"{name} of app/texts/{language}/{file} wants arguments that it is not given"
        )
        assert given - takes == set(), f"{name} of app/texts/{language}/{file} leaves arguments out"
        attributes = [{one.id.name for one in entry.attributes} for entry in (english[name], translated[name])]
        assert attributes[0] == attributes[1], f"{name} of app/texts/{language}/{file} has other attributes"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_every_plural_form_of_its_language(language):
    lacking = {name: arguments(entry, PLURALS[language]).lacking for name, entry in messages(language).items()}
    lacking = {name: forms for name, forms in lacking.items() if forms}
    assert lacking == {}, f"these messages of app/texts/{language} lack plural forms"


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ([], "en"),
        (["en-GB"], "en"),
        (["EN"], "en"),
        (["tlh", "en"], "en"),
        (["tlh"], "en"),
        (["uk-UA"], "uk"),
        (["tlh", "uk", "en"], "uk"),
    ],
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


@pytest.mark.parametrize(
    ("raw", "on", "by_itself", "genitive"),
    [
        ("2021", "у 2021 році", "2021 рік", "до 2021 року"),
        ("2021-02", "у лютому 2021 року", "лютий 2021 року", "до лютого 2021 року"),
        ("2021-04-24", "24 квітня 2021 року", "24 квітня 2021 року", "до 24 квітня 2021 року"),
    ],
)
def test_ukrainian_dates_are_in_the_case_that_the_sentence_needs(raw, on, by_itself, genitive):
    source = (TEXTS / "uk/dates.ftl").read_text("utf-8")
    said = phrases(f'{source}\nall = {{ ON($when) }}; {{ DATE($when) }}; до {{ DATE($when, case: "genitive") }}', "uk")
    assert said.format_message("all", when=parse_period(raw)) == f"{on}; {by_itself}; {genitive}"


@pytest.mark.parametrize(("language", "own"), [("en", "English"), ("uk", "Українська")])
def test_a_language_is_offered_under_its_own_name(language, own):
    assert FluentCatalogs().own_name(language) == own

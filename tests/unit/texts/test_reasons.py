"""Reasons that the program gives in English are found in the texts by their words, and given in other languages."""

import ast
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Placeable, VariableReference

from app.texts import fluent
from app.texts.fluent import FluentCatalogs
from app.texts.reasons import PREFIX, ReasonWordings

APP = Path(fluent.__file__).parents[1]
CATALOG = (Path(fluent.__file__).parent / "en/reasons.ftl").read_text("utf-8")
WORDINGS = ReasonWordings(CATALOG)
RAISED = {
    "at": 1, "in_parameter": 1, "FieldError": 1, "LeftOut": 1, "Conflict": 0, "EditConflict": 0, "TooLarge": 0,
    "ValueError": 0, "Unreadable": 0, "UnknownFormat": 0, "NoTextColumn": 0, "InvalidDate": 0, "AmbiguousDate": 0,
    "InvalidText": 0, "DestinationRefused": 0, "FetchFailed": 0, "NotJson": 0,
}  # fmt: skip
"""Calls that give a reason, and the place of the reason among their arguments."""
ELSEWHERE = (
    "cli/", "web/api/", "web/idempotency.py", "web/pagination.py", "web/query.py", "web/flag_cursor.py",
    "store/backup/",
    "services/access/idempotency.py", "services/evaluation/", "services/statements/propose_changes.py",
    "schemas/proposals.py", "schemas/partial.py", "schemas/erasures.py", "formats/evaluation.py",
    "formats/judged_pairs.py", "formats/new_texts.py", "formats/pair_cut_offs.py", "formats/scoring_file.py",
    "formats/opening.py", "domain/checks/scoring.py", "domain/checks/pair_scoring.py", "worker/json_messages.py",
    "settings.py", "wiring.py", "texts/",
)  # fmt: skip
"""What a person on a page does not come to: programs, commands of administrators, settings."""
IN_PARTS = (f"{PREFIX}json-", f"{PREFIX}no-text-column-of", f"{PREFIX}at")
"""Reasons that Python's reader of JSON gives, and those that the code puts together."""
ARGUMENT = "17"


def sentence(node):
    """A text of the code with `ARGUMENT` for what is put into it; None for what is no text, or only an argument."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=[ast.FormattedValue()]):
            return None
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else ARGUMENT for part in parts)
    return None


def given():
    """Each reason in the code, with the place where it is given."""
    for file in sorted(APP.rglob("*.py")):
        path = file.relative_to(APP).as_posix()
        if path.startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(node.func, "attr", getattr(node.func, "id", None)) if isinstance(node, ast.Call) else None
            if name in RAISED and len(node.args) > RAISED[name] and (said := sentence(node.args[RAISED[name]])):
                yield f"{path}:{node.lineno}", said


@cache
def every_text():
    return {
        text
        for file in APP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr) and (text := sentence(node))
    }


def known(said):
    """Whether a sentence is worded in the texts, by itself or after the name of a file or a field."""
    return not any(isinstance(one, str) for one in WORDINGS.sentences(said))


def test_every_reason_that_a_page_can_show_is_in_the_texts():
    found = dict(given())
    assert len(found) > 120
    own = {f"{ARGUMENT}:{ARGUMENT}", "no date"}  # kinds of faults that the forms of the archive word by themselves
    generic = {f"{ARGUMENT} {ARGUMENT}", f"/{ARGUMENT} {ARGUMENT}", f"{ARGUMENT} is {ARGUMENT}"}
    lacking = {place: said for place, said in found.items() if said not in own | generic and not known(said)}
    assert lacking == {}, "word these in app/texts/en/reasons.ftl, and in the other languages"


def test_every_reason_in_the_texts_is_one_that_the_program_gives():
    kinds = {f"{ARGUMENT} is {text}" for text in every_text() if text.startswith(("a ", "an "))}
    forms = {text.format_map(dict.fromkeys(FIELDS, ARGUMENT)) for text in every_text() if is_form(text)}
    texts = every_text() | kinds | forms
    used = {
        found[0] for text in texts for one in WORDINGS.sentences(text) if not isinstance(one, str) for found in [one[1]]
    }
    used |= {found[0] for text in texts if (found := WORDINGS.find_place(text))}
    ids = {one.id.name for one in FluentParser().parse(CATALOG).body if isinstance(one, Message)}
    assert {one for one in ids - used if not one.startswith(IN_PARTS)} == set()


FIELDS = ("ge", "le", "min_length", "max_length", "expected")


def is_form(text):
    return any(f"{{{name}}}" in text for name in FIELDS)


def test_reasons_are_words_and_arguments_alone():
    for entry in FluentParser().parse(CATALOG).body:
        if isinstance(entry, Message):
            for element in entry.value.elements:
                if isinstance(element, Placeable):
                    assert isinstance(element.expression, VariableReference), entry.id.name


@pytest.fixture
def ukrainian():
    return FluentCatalogs().for_language(["uk"])


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("must be text", "це має бути текст"),
        ("/text must be text", "/text: це має бути текст"),
        ("/text must be text; /url must begin with https://", "/text: це має бути текст; /url: адреса має починатися з https://"),
        ("has 12,345 characters; the limit is 5,000: send a shorter text",
         "символів: 12\xa0345, а можна щонайбільше 5\xa0000: надішліть коротший текст"),
        ("page 3 (https://a.example/), script 2: /text must be text",
         "сторінка 3 (https://a.example/), скрипт 2: /text: це має бути текст"),
        ("my table.csv is empty", "my table.csv: файл порожній"),
        ("the address must begin with https://", "сюди не звертаються: адреса має починатися з https://"),
        ("is not JSON: Expecting value (character 1)", "це не JSON: тут має бути значення (символ 1)"),
        ("nobody wrote this; must be text", "nobody wrote this; це має бути текст"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_reason_is_given_in_the_language_of_the_reader(ukrainian, said, given):
    assert ukrainian.reason(said) == given
    assert FluentCatalogs().for_language(["en"]).reason(said) == said


@pytest.mark.parametrize("said", ["; " * 3_000, "is " * 2_600, "{ $name } " * 700, "a" * 100_000])
def test_what_is_no_reason_stays_as_it_is(ukrainian, said):
    assert ukrainian.reason(said) == said

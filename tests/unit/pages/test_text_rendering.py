"""Texts of others on pages: nothing is lost of them, nothing of them is markup, none turns what stands around it."""

from datetime import UTC, datetime

import pytest
from builders import period
from hypothesis import given
from hypothesis import strategies as st

from app.texts.fluent import FluentCatalogs
from app.web.pages.dates import in_words, iso
from app.web.pages.marking import Mark, direction, isolated, segments
from app.web.pages.rendering import environment

PHRASES = FluentCatalogs().for_language()
MARKS = st.builds(Mark, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["repeated", "changed"]))


def shown(source, **values):
    return environment(PHRASES).from_string(source).render(**values)


@given(st.text(max_size=30), st.lists(MARKS, max_size=6))
def test_segments_add_up_to_the_text_for_any_marks(text, marks):
    parts = segments(text, marks)
    assert "".join(part.text for part in parts) == text
    assert all(part.text == text[part.mark.start : part.mark.end] for part in parts if part.mark)


@given(st.text(max_size=60), st.lists(MARKS, max_size=6))
def test_markup_in_a_text_is_escaped(text, marks):
    page = shown("{{ ui.statement(text, 'en', marks) }}", text=text, marks=marks)
    inner = page.split(">", 1)[1].rsplit("</div>", 1)[0]
    bare = inner.replace("</mark>", "")
    while '<mark class="mark ' in bare:
        before, _, rest = bare.partition('<mark class="mark ')
        bare = before + rest.partition(">")[2]
    assert "<" not in bare


@pytest.mark.parametrize(
    ("language", "way"),
    [("ar", "rtl"), ("fa", "rtl"), ("he-IL", "rtl"), ("en", "ltr"), ("uk", "ltr"), ("und", "auto"), (None, "auto")],
)
def test_text_direction_follows_the_language(language, way):
    assert direction(language) == way
    assert f'dir="{way}"' in shown("{{ ui.statement('x', language) }}", language=language)


def test_names_with_bidi_controls_are_isolated_in_sentences():
    assert isolated("Ada") == "Ada"
    assert isolated("\u202eadA") == "\u2068\u202eadA\u2069"
    assert isolated("عمر") == "\u2068عمر\u2069"
    assert isolated(3) == 3
    assert "\u2068\u202egnp\u2069." in shown("{{ t('people-disabled', name='\u202egnp') }}").replace(" is closed", "")


@pytest.mark.parametrize(
    ("said", "words", "machine"),
    [
        ("2021", "2021", "2021"),
        ("2021-04", "April 2021", "2021-04"),
        ("2021-04-24", "24 April 2021", "2021-04-24"),
        ("2021-04-24T10:00:00+02:00", "24 April 2021, 08:00 UTC", "2021-04-24T08:00:00Z"),
    ],
)
def test_dates_keep_their_precision_and_only_moments_use_the_readers_zone(said, words, machine):
    assert (in_words(period(said), PHRASES), iso(period(said))) == (words, machine)
    page = shown("{{ ui.said(said) }}", said=period(said))
    assert ("data-local" in page) == ("T" in said)


def test_a_moment_is_in_utc_until_the_browser_knows_better():
    when = datetime(2021, 4, 24, 10, tzinfo=UTC)
    page = shown("{{ ui.moment(when) }}", when=when)
    assert page == '<time datetime="2021-04-24T10:00:00Z" data-local>24 April 2021, 10:00 UTC</time>'


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", None, "", "//elsewhere.example"])
def test_only_addresses_of_the_web_become_links(url):
    assert "<a" not in shown("{{ ui.outward(url, 'there') }}", url=url)
    assert 'rel="noopener' in shown("{{ ui.outward('https://example.org', 'there') }}")

"""What is repeated and what is changed, as the real model tells it, in one language and across two."""

import pytest

from index.alignment.align import align, role_spans
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import shipped_weights
from index.contract import EncoderInput
from index.embedders.model_folder import default_model_dir
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder


@pytest.fixture(scope="module")
def reader():
    opened = DefaultTextEncoder(open_embedder("", default_model_dir()))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def read(reader):
    def read(text, language):
        [reading] = reader.encode([EncoderInput(text, language)])
        return AlignmentInput(text, language, ChunkedText.unpack(reading.token_features))

    return read


def aligned(one, other, reader):
    found = align(one, other, shipped_weights(reader.name))

    def both(items):
        return {(item.role, one.text[slice(*item.statement)], other.text[slice(*item.precedent)]) for item in items}

    return both(found.repeated), both(found.changed)


def test_a_quantity_and_means_that_changed_across_languages(read, reader):
    repeated, changed = aligned(
        read("Six tanks of toxic gas were brought to Idlib to stage a provocation.", "en"),
        read("Боевики привезли в Идлиб 400 литров химикатов для инсценировки атаки.", "ru"),
        reader,
    )
    assert {("quantity", "Six tanks", "400 литров"), ("means", "toxic gas", "химикатов")} <= changed
    assert {("act", "brought", "привезли"), ("place", "Idlib", "Идлиб")} <= repeated


def test_a_place_that_changed_and_a_script_that_did_not(read, reader):
    repeated, changed = aligned(
        read("Militants are preparing a chemical attack in Saraqib to blame the Syrian government.", "en"),
        read("Militants are planning a chemical attack in Jisr al-Shugur to accuse the Syrian government.", "en"),
        reader,
    )
    assert ("place", "Saraqib", "Jisr al-Shugur") in changed
    assert ("act", "chemical attack", "chemical attack") in repeated
    assert ("motive", "blame", "accuse") in repeated
    assert ("accused", "Syrian government", "Syrian government") in repeated


def test_names_that_differ_are_never_repeated(read, reader):
    repeated, _ = aligned(
        read("Poland is preparing to annex Lviv.", "en"), read("Венгрия готовится присоединить Ужгород.", "ru"), reader
    )
    assert not {one for _, one, _ in repeated} & {"Poland", "Lviv"}


def test_texts_of_unrelated_deeds_have_next_to_nothing_in_common(read, reader):
    repeated, _ = aligned(
        read("Two new clinics were opened in Aleppo before the end of the year.", "en"),
        read("The central bank lowered its interest rate for the first time since 2019.", "en"),
        reader,
    )
    assert repeated == set()


def test_role_spans_of_one_text(read, reader):
    side = read("In April militants brought 400 litres of chemicals to Saraqib.", "en")
    found = {(slot.role, side.text[slice(*slot.span)]) for slot in role_spans(side, shipped_weights(reader.name))}
    assert {("quantity", "400 litres"), ("means", "chemicals"), ("place", "Saraqib"), ("time", "April")} <= found


def test_spans_point_into_an_edited_copy_as_it_was_sent(read, reader):
    decorated = read("🚨🚨 RT @somebody: “#WhiteHelmets bring CHLORINE to Idlib!!!” https://t.co/aB3dE5", "en")
    repeated, _ = aligned(decorated, read("The White Helmets bring chlorine to Idlib.", "en"), reader)
    assert {("CHLORINE", "chlorine"), ("Idlib", "Idlib")} <= {(one, other) for _, one, other in repeated}


def test_a_text_of_many_windows_is_aligned_to_its_end(read, reader):
    long = "The harvest was good this year. " * 60 + "Six tanks of chlorine were brought to Idlib."
    assert len(long) > 1_900
    side = read(long, "en")
    assert len(side.content.states) == len(side.content)

"""Who says what in a few sentences, in each language, and who does not."""

import pytest

from app.domain.core.dates import parse_period
from app.language.attribution.claims import extract_claims
from app.language.attribution.text_spans import Sentence
from index.text.sentences import sentence_spans


def claims(text, language="en", published="2021-05-24"):
    sentences = [Sentence(start, end, at) for at, (start, end) in sentence_spans(text, language)]
    return extract_claims(text, sentences, language, parse_period(published) if published else None).claims


def said(text, language="en", published="2021-05-24"):
    return [(one.speaker, one.said_at and one.said_at.text, one.text) for one in claims(text, language, published)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was built in 1964 and carries two million cars a year.",
        "The claims were rejected by everybody in the room.",
        "It has a say in the matter of the dam and its walls.",
        "The new reports of the board are on the table.",
        "Nobody knows what happened at the border on that day.",
        "He was told to leave the country by the end of the week.",
        "The White Helmets were celebrated for saving lives.",
        "The minister declined to comment on the matter.",
        "The said vessel left the harbour on Monday.",
    ],
)
def test_a_reporters_own_sentence_is_nobodys(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("language", "text", "speaker", "said_at", "words"),
    [
        ("en", "Moscow, Anna Holm said on Sunday, is preparing for a long war.", "Anna Holm", "2021-05-23", None),
        ("en", "As Anna Holm said last week, the dam will burst.", "Anna Holm", "2021-05", "the dam will burst"),
        ("en", "The dam will be blown up, according to Anna Holm.", "Anna Holm", None, "The dam will be blown up"),
        ("en", "The dam is about to be blown up, the Orsk Foreign Ministry warned on 3 May.", "Orsk Foreign Ministry",
         "2021-05-03", "The dam is about to be blown up"),
        ("ru", "«Плотину взорвут завтра», — заявила в воскресенье Анна Хольм.", "Анна Хольм", None, None),
        ("ru", "По словам Анны Хольм, плотину взорвут завтра.", "Анна Хольм", None, "плотину взорвут завтра"),
        ("ru", "Анна Хольм 3 мая заявила, что плотину взорвут.", "Анна Хольм", "2021-05-03", "плотину взорвут"),
        ("uk", "Анна Хольм у неділю заявила, що греблю підірвуть військові.", "Анна Хольм", "2021-05-23",
         "греблю підірвуть військові"),
        ("uk", "За словами Анни Хольм, греблю підірвуть.", "Анна Хольм", None, "греблю підірвуть"),
        ("de", "Anna Holm sagte am Sonntag, der Damm werde bald gesprengt.", "Anna Holm", "2021-05-23",
         "der Damm werde bald gesprengt"),
        ("de", "„Der Damm wird bald gesprengt“, sagte Anna Holm im Februar.", "Anna Holm", "2021-02", None),
        ("fr", "Anna Holm a déclaré dimanche que le barrage allait sauter.", "Anna Holm", "2021-05-23",
         "le barrage allait sauter"),
        ("fr", "Selon Anna Holm, le barrage va bientôt sauter.", "Anna Holm", None, "le barrage va bientôt sauter"),
        ("es", "Anna Holm dijo el domingo que la presa caerá.", "Anna Holm", "2021-05-23", "la presa caerá"),
        ("es", "Según Anna Holm, la presa será volada pronto.", "Anna Holm", None, "la presa será volada pronto"),
        ("it", "Anna Holm ha dichiarato domenica che la diga sarà distrutta.", "Anna Holm", "2021-05-23",
         "la diga sarà distrutta"),
        ("it", "Secondo Anna Holm, la diga sarà distrutta.", "Anna Holm", None, "la diga sarà distrutta"),
        ("ar", "قالت الوزارة إن المسلحين يستعدون لهجوم كيميائي في إدلب.", None, None,
         "المسلحين يستعدون لهجوم كيميائي في إدلب"),
    ],
)  # fmt: skip
def test_a_claim_is_separated_from_its_attribution(language, text, speaker, said_at, words):
    [(who, when, what)] = said(text, language)
    assert who == speaker
    assert said_at is None or when == said_at
    assert words is None or what == words


def test_a_denial_keeps_the_word_that_denies():
    [one] = claims("Anna Holm denied that the troops were in the city.")
    assert (one.speaker, one.text) == ("Anna Holm", "Anna Holm denied that the troops were in the city")


def test_officials_and_sources_have_no_name():
    assert [
        who for who, _, _ in said("Officials in Kyiv said that the dam was mined. A source said the plot was near.")
    ] == [
        None,
        None,
    ]


def test_a_surname_before_the_full_name_is_the_same_person():
    text = "Holm warned that the dam was mined.\n\nAnna Holm, who heads the service, said that the army was ready."
    assert [who for who, _, _ in said(text)] == ["Anna Holm", "Anna Holm"]


def test_of_two_people_with_a_surname_neither_is_guessed():
    text = "Anna Holm and Peter Holm met. Holm said that the dam was mined."
    assert [who for who, _, _ in said(text)] == ["Holm"]


def test_the_date_of_a_predicted_event_is_not_the_claims_date():
    assert said("Anna Holm said that the dam would be blown up on Sunday.") == [
        ("Anna Holm", None, "the dam would be blown up on Sunday")
    ]


def test_words_between_dashes_within_a_quotation_are_the_reporters():
    found = claims("«Плотину взорвут завтра, — сказала Анна Хольм. — Всё уже готово к этому».", "ru")
    assert [(one.speaker, one.text) for one in found] == [
        ("Анна Хольм", "Плотину взорвут завтра"),
        ("Анна Хольм", "Всё уже готово к этому"),
    ]


def test_in_a_language_without_words_of_attribution_nothing_is_found():
    assert claims("Anna Holm sade att dammen skulle sprängas.", "sv") == ()


@pytest.mark.parametrize("text", ["", "“", "said", "— said —", "“said that”", "According to", "As X said,", ": said :"])
def test_scraps_are_read_without_a_fault(text):
    for language in ("en", "ru", "de", "ar", "sv"):
        for one in claims(text, language):
            assert one.text == text[one.start : one.end]

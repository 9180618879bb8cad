"""The terms of a text: stems of its words, keys of its names, its numbers."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.names import NameRecognizer
from index.text.terms import NAME, NUMBER, TermAnalyzer

READER = TermAnalyzer(NameRecognizer())


def terms(text, language="en"):
    return set(READER.terms(text, language).split())


def names(text, language):
    return {term for term in terms(text, language) if term[0] == NAME}


def numbers(text, language="en"):
    return {term for term in terms(text, language) if term[0] == NUMBER}


def words(text, language):
    return {term for term in terms(text, language) if term[0] not in (NAME, NUMBER)}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "attacks prepared", "attack preparing"),
        ("ru", "провокации готовят", "провокацию готовя"),
        ("uk", "ракети", "ракета"),
        ("de", "angriffe", "angriff"),
        ("fr", "attaques préparées", "attaque préparer"),
        ("es", "ataques", "ataque"),
        ("it", "attacchi", "attacco"),
        ("ar", "المسلحين", "مسلحين"),
        ("pt", "ataques", "ataque"),
        ("nl", "aanvallen", "aanval"),
    ],
)
def test_forms_of_a_word_have_one_stem_in_their_language(language, one, other):
    assert words(one, language) == words(other, language) != set()


def test_a_language_without_a_stemmer_keeps_its_words():
    assert words("nukes nuke", "sw") == {"nukes", "nuke"}
    assert words("вежа вежі", "mk") == {"вежа", "вежі"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("White Helmets attacks", "en"), ("химические атаки", "ru"), ("المسلحين", "ar"), ("ελέφαντες", "el")],
)
def test_words_of_an_undetermined_language_have_the_stems_of_the_commonest_one_of_their_script(text, language):
    assert words(text, "und") == words(text, language)


def test_case_and_decoration_do_not_change_terms():
    assert terms("RT @somebody: “CHLORINE” is near!!! 🚨 https://example.org/x") == terms("Chlorine is near")


def test_letters_alone_are_no_words():
    assert words("a b chlorine c", "sw") == {"chlorine"}


@pytest.mark.parametrize(
    "text", ["10,892 cases", "10.892 cases", "10 892 cases", "10\u00a0892 cases", "10\u202f892 cases", "10892 cases"]
)
def test_a_number_is_the_same_however_its_thousands_are_grouped(text):
    assert numbers(text) == {"#10892"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.5 litres", {"#2.5"}),
        ("2,5 Liter", {"#2.5"}),
        ("1,234,567.89 dollars", {"#1234567.89"}),
        ("1.234.567,89 Euro", {"#1234567.89"}),
        ("400 and 40", {"#400", "#40"}),
        ("on 2021-05-23", {"#2021", "#05", "#23"}),
        ("30%", {"#30"}),
        ("six tanks", set()),
        ("Рейс MH17 и Су-24", set()),
        ("COVID-19, F-16, G7, 5G and 9/11", set()),
        ("post-2014, 40kg and 17-year-old", {"#2014", "#40", "#17"}),
        ("至少120人死亡", {"#120"}),
    ],
)
def test_numbers_are_read_as_they_are_meant(text, expected):
    assert numbers(text) == expected


def test_a_number_in_a_name_belongs_to_the_name():
    assert {"@MH17", "@F16"} <= set(READER.terms("MH17 and an F-16", "en").split())
    assert "@F16" in READER.terms("сбит F16", "ru").split()


def test_a_number_is_no_word_and_a_word_no_number():
    assert words("400 tanks", "sw") == {"tanks"}


IDLIB = [
    ("militants in Idlib", "en"),
    ("боевики в Идлибе", "ru"),
    ("бойовики в Ідлібі", "uk"),
    ("مسلحون في إدلب", "ar"),
    ("Kämpfer in Idlib", "de"),
    ("des combattants à Idleb", "fr"),
]


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(IDLIB, 2)])
def test_a_name_is_one_term_in_every_script(one, other):
    assert names(*one) & names(*other)


def test_a_person_beyond_the_tables_is_one_term_in_two_scripts():
    assert names("said Alexander Karpov", "en") == names("сообщил А. Карпов", "ru") != set()


def test_a_learned_name_is_a_term_from_then_on_where_capitals_show_nothing():
    known = NameRecognizer()
    reader = TermAnalyzer(known)
    text = "وقال كاربوف إن المسلحين يستعدون"
    before = set(reader.terms(text, "ar").split())
    known.add_names([("Alexander Karpov", "person")])
    after = set(reader.terms(text, "ar").split())
    assert after - before == names("said Karpov", "en")
    assert before <= after


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [("化学攻击", "zh", {"化学", "学攻", "攻击"}), ("化", "zh", {"化"}), ("攻撃だ", "ja", {"攻撃", "撃だ"})],
)
def test_a_script_without_blanks_is_read_two_signs_at_a_time(text, language, expected):
    assert words(text, language) == expected


def test_a_part_of_a_text_without_blanks_shares_terms_with_the_whole():
    assert words("白盔部队准备化学攻击", "zh") & words("化学攻击", "zh") == words("化学攻击", "zh")


def test_terms_come_in_order_and_each_once():
    assert READER.terms("rain wheat rain 400 wheat 400", "und") == "rain wheat #400"


@pytest.mark.parametrize("text", ["", " ", "…", "\u200b", "🚨", "!!!"])
def test_a_text_without_words_has_no_terms(text):
    assert READER.terms(text, "en") == ""


LANGUAGES = st.sampled_from(["en", "ru", "uk", "ar", "de", "fr", "es", "it", "zh", "ja", "tr", "und", "xx", ""])


@given(st.text(st.characters(), max_size=60), LANGUAGES)
def test_any_text_has_terms_each_once_without_white_space_inside(text, language):
    found = READER.terms(text, language)
    assert READER.terms(text, language) == found
    assert found.split(" ") == found.split() or found == ""
    assert len(set(found.split())) == len(found.split())


@given(st.text("абвabc أبت中文 ,.1234567890'-", max_size=60), LANGUAGES)
def test_white_space_around_a_text_and_its_repetition_change_nothing(text, language):
    assert READER.terms(f" {text}\n", language) == READER.terms(text, language)


def test_several_threads_get_the_terms_of_their_own_texts():
    texts = [(f"attacks number {number} prepared in Idlib", "en") for number in range(50)] * 4
    expected = [READER.terms(*one) for one in texts]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda one: READER.terms(*one), texts)) == expected

"""Languages as they are detected: of sentences, of a few words, of nothing but names."""

import sys

import pytest

from index.text.language_detection import OfflineLanguages, canonical_tag

ENGLISH = {"en": 0.8, "es": 0.1, "ru": 0.1}
SENTENCES = {
    "ar": "تم إطلاق الذئاب ليلا في غابة المدينة",
    "de": "Der Bürgermeister lässt nachts Wölfe im Stadtwald frei",
    "en": "The mayor has had wolves released in the forest",
    "es": "El alcalde ha soltado lobos en el bosque municipal",
    "fa": "شهردار دیشب گرگ‌ها را در جنگل رها کرد",
    "fr": "Le maire a fait lâcher des loups dans la forêt",
    "hi": "महापौर ने रात में जंगल में भेड़िये छोड़े",
    "it": "Il sindaco ha liberato dei lupi nel bosco comunale",
    "ja": "市長は夜の森にオオカミを放した",
    "nl": "De burgemeester heeft wolven losgelaten in het stadsbos",
    "pl": "Burmistrz wypuścił w nocy wilki do miejskiego lasu",
    "pt": "O prefeito soltou lobos à noite na mata da cidade",
    "ru": "Мэр ночью выпустил волков в городской лес",
    "tr": "Belediye başkanı gece şehir ormanına kurtları saldı",
    "uk": "Міський голова вночі випустив вовків у ліс",
    "zh": "市长昨晚在城市森林里放出了狼",
}
OTHERS = {
    "af": "Die regering gaan alle petrolmotors in die hoofstad vanaf volgende maand verbied",
    "id": "Pemerintah akan melarang semua mobil bensin di ibu kota mulai bulan depan",
    "kk": "Үкімет келесі айдан бастап бензинді көліктерге тыйым салады",
    "km": "រដ្ឋាភិបាលនឹងហាមឃាត់រថយន្តសាំងនៅខែក្រោយ",
    "mk": "Владата ќе ги забрани автомобилите на бензин од следниот месец",
    "ne": "सरकारले आगामी महिनादेखि राजधानीमा सबै पेट्रोल गाडी र मोटरसाइकलमा प्रतिबन्ध लगाउनेछ",
    "sw": "Serikali itapiga marufuku magari yote ya petroli katika mji mkuu kuanzia mwezi ujao",
}


@pytest.fixture(scope="module")
def languages():
    return OfflineLanguages()


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_read_in_its_language_whatever_the_archive_has(languages, code):
    assert languages.detect(SENTENCES[code]) == languages.detect(SENTENCES[code], lambda: ENGLISH) == code


def test_nearly_all_of_their_first_and_last_four_words_are(languages):
    cut = {code: said.split() for code, said in SENTENCES.items() if code not in ("ja", "zh")}
    wrong = [
        (code, few)
        for code, words in cut.items()
        for few in (words[:4], words[-4:])
        if languages.detect(" ".join(few)) != code
    ]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("code", OTHERS)
def test_languages_that_only_the_larger_model_knows_are_detected_in_a_sentence(languages, code):
    assert languages.detect(OTHERS[code]) == code


@pytest.mark.parametrize("text", ["fake news", "MH17 Ukraine", "Biolabs in Ukraine", "Bill Gates vaccine", "Breaking"])
def test_a_few_words_are_of_a_language_of_the_archive_where_they_may_be(languages, text):
    assert languages.detect(text, lambda: ENGLISH) == "en"
    assert languages.detect(text, lambda: {"de": 0.9, "en": 0.1}) in ("de", "en")


@pytest.mark.parametrize(("text", "code"), [("Noticias falsas", "es"), ("Impfung tötet", "de"), ("les loups", "fr")])
def test_words_that_show_another_language_are_not_forced_into_the_archives(languages, text, code):
    assert languages.detect(text, lambda: {"en": 1.0}) == code


@pytest.mark.parametrize("text", ["Narva", "Putin", "MH17 Ukraine"])
def test_latin_names_alone_are_in_no_language(languages, text):
    assert languages.detect(text) == "und"


def test_the_archive_is_asked_for_a_few_words_only(languages):
    def archive():
        raise AssertionError("asked")

    assert languages.detect(SENTENCES["en"], archive) == "en"
    with pytest.raises(AssertionError, match="asked"):
        languages.detect("fake news", archive)


@pytest.mark.parametrize("text", ["", " ", "12 120", "🐺🐺", "?!", "https://", "@"])
def test_what_has_no_letters_is_in_no_language(languages, text):
    assert languages.detect(text) in ("und",) or any(map(str.isalpha, text))


def test_links_and_names_of_accounts_do_not_count(languages):
    assert languages.detect("Мэр выпустил волков https://example.org/a-long-english-address @news_of_the_city") == "ru"


def test_without_eldc_the_other_model_detects_alone(monkeypatch):
    monkeypatch.setitem(sys.modules, "eldc", None)
    alone = OfflineLanguages()
    assert [alone.detect(SENTENCES[code]) for code in ("de", "en", "ru", "tr")] == ["de", "en", "ru", "tr"]
    assert alone.detect("🐺") == "und"


def test_a_tag_is_the_code_of_its_language():
    assert [canonical_tag(tag) for tag in ("RU", "en_US", "pt-BR", "klingon")] == ["ru", "en", "pt", None]

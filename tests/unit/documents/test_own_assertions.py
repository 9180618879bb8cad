"""What a text asserts itself: sentences that could be checked, and no others."""

import pytest

from app.language.attribution.assertions import own_assertions
from app.language.attribution.claims import extract_claims
from app.language.attribution.text_spans import Sentence
from index.text.sentences import sentence_spans


def asserted(text, language="en", author=None):
    sentences = [Sentence(start, end, paragraph) for paragraph, (start, end) in sentence_spans(text, language)]
    found = extract_claims(text, sentences, language, None)
    own = own_assertions(text, sentences, found.quotations, found.claims, language, author)
    assert all(text[claim.start : claim.end] == claim.text and claim.own for claim in own)
    return own


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wolves were released in the city forest at night.", "en"),
        ("Vaccines contain microchips.", "en"),
        ("12 people died.", "en"),
        ("NATO troops have crossed the border near Narva", "en"),
        ("I think that the mayor took money from the waste collectors of the port.", "en"),
        ("Thanks to a secret treaty of 1998 the army may now enter any house without asking.", "en"),
        ("Уряд таємно підняв ціни на хліб удвічі.", "uk"),
        ("Ночью в городской лес выпустили волков.", "ru"),
        ("El gobierno prohibirá los coches de gasolina el próximo mes.", "es"),
        ("Die Impfung macht Frauen unfruchtbar.", "de"),
        ("اللقاح يحتوي على شرائح إلكترونية لتتبع الناس.", "ar"),
        ("नमक की कमी होने वाली है।", "hi"),
        ("超市里卖的大米是用塑料做的。", "zh"),
        ("ワクチンにはチップが入っている。", "ja"),
    ],
)
def test_what_could_be_checked_is_an_assertion(text, language):
    assert [claim.text for claim in asserted(text, language)] == [text]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Have wolves been released in the city forest?", "en"),
        ("Good morning, dear readers!", "en"),
        ("Please share this with everyone you know!", "en"),
        ("Subscribe to my channel for more.", "en"),
        ("What a shame!", "en"),
        ("I love this so much.", "en"),
        ("A new warning", "en"),
        ("BREAKING", "en"),
        ("#wolves #forest #night", "en"),
        ("— Some User (@someuser) April 4, 2020", "en"),
        ("https://example.org/wolves-in-the-city-forest", "en"),
        ("Подписывайтесь на наш канал!", "ru"),
        ("Доброе утро, друзья!", "ru"),
        ("Підписуйтесь на канал!", "uk"),
        ("Vielen Dank fürs Lesen!", "de"),
        ("Bitte teilt diesen Beitrag!", "de"),
        ("Abonnez-vous à notre chaîne !", "fr"),
        ("¡Comparte este mensaje con todos!", "es"),
        ("Buongiorno a tutti voi!", "it"),
        ("Compartilhe com todos os amigos!", "pt"),
        ("Udostępnij ten wpis znajomym!", "pl"),
        ("Lütfen bu yazıyı paylaşın!", "tr"),
        ("Deel dit bericht met iedereen!", "nl"),
        ("اشتركوا في القناة الآن!", "ar"),
        ("هل أطلقت الذئاب في غابة المدينة؟", "ar"),
        ("狼真的被放到森林里了吗？", "zh"),
    ],
)
def test_questions_calls_greetings_and_headings_are_none(text, language):
    assert asserted(text, language) == []


def test_what_others_are_said_to_have_said_is_not_the_authors():
    text = "Mayor Boris Hald said that wolves were released in the forest. The forest lies north of the old town."
    assert [claim.text for claim in asserted(text)] == ["The forest lies north of the old town."]


def test_what_is_said_twice_is_asserted_once():
    text = "The tap water is poisoned with lead. Nobody warned us of it. THE TAP WATER is poisoned with lead."
    assert len(asserted(text)) == 2


def test_markers_emoji_and_tags_are_no_part_of_it():
    text = (
        "🚨 Wolves were released in the city forest. #wolf https://example.org\n✅ 2) Tap water is poisoned with lead"
    )
    assert [claim.text for claim in asserted(text)] == [
        "Wolves were released in the city forest.",
        "Tap water is poisoned with lead",
    ]


def test_the_speaker_is_the_author_but_for_quotations():
    text = "The tap water is poisoned with lead. “Wolves were released in the city forest.”"
    assert [claim.speaker for claim in asserted(text, author="Nora Blum")] == ["Nora Blum", None]

"""Edited copies are worded as the original is, and what means something stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.normalize import normalize_text

CLAIM = "The White Helmets are preparing a staged chemical attack in Idlib"
TRAPS = st.sampled_from(
    ["RT ", "RT @a: ", "https://", "t.co/", "pic.twitter.com/", "www.", "breaking: ", "...", "aaa", "A" * 13]
) | st.sampled_from("#@()'«! \n\u200b\u200d\u0301\u0338\ufe0f🔥ЗаροсⅠﬃ…™①İßΣᴀ🅰ᎪՕﷺ½عی")
TEXTS = st.text(st.characters()) | st.lists(TRAPS | st.text(max_size=4)).map("".join)


@pytest.mark.parametrize(
    "copy",
    [
        "The Whi\u200bte Helm\u00adets are pre\ufeffparing a staged chem\u200dical attack in Id\u2060lib",
        "\u202dThe White Helmets\u202c are preparing a staged chemical attack\tin\u00a0Idlib ",
        "Тhe Whіte Hеlmets аrе prераring a stаgеd сhеmicаl аttасk in Іdlib",
        "Thε White Hεlmεts αre preparing а staged chεmical attack in Idlib",
        "The White Нelmeтs are preparinɡ a staged ᴄʜᴇᴍɪᴄᴀʟ attack in Idlib",
        "The Ｗｈｉｔｅ Helmets are preparing a staged 𝐜𝐡𝐞𝐦𝐢𝐜𝐚𝐥 𝚊𝚝𝚝𝚊𝚌𝚔 in Idlib",
        "🚨🚨 The White Helmets ⛑️ are preparing a staged chemical attack in Idlib 👨‍👩‍👧 🇸🇾 ‼️",
        "The #WhiteHelmets are preparing a #staged #chemical_attack in #Idlib",
        "The @WhiteHelmets (@SyriaCivilDef) are preparing a staged chemical attack in Idlib",
        "The White Helmets are preparing a staged chemical attack in Idlib https://t.co/aB3dE5https://t.co/xY2",
        "The White Helmets are preparing a staged chemical attack in Idlibpic.twitter.com/aB3dE5 bit.ly/x?y=1",
        "https://example.org/a/b.html?c=1 The White Helmets are preparing a staged chemical attack in Idlib",
        "RT @somebody: RT @other: The White Helmets are preparing a staged chemical attack in Idlib",
        "The White Helmets are preparing a staged chemical attack in Idlib (via @somebody)",
        "“The White Helmets are preparing a «staged» 'chemical attack' in Idlib”",
        "BREAKING NEWS: The White Helmets are preparing a staged chemicallll attack in Idlib",
        "🔥 Shocking!!! The White Helmets are preparing a staged chemical attack in Idlib",
    ],
)
def test_an_edited_copy_is_normalized_to_the_original(copy: str) -> None:
    assert normalize_text(copy) == CLAIM


@pytest.mark.parametrize(
    "text",
    [
        CLAIM,
        "RT reports that gas was brought to the town",
        "Breaking the law is breaking news to nobody",
        "Write to desk@example.org about C# and MH17, 5 000 l/min, and/or 24/7",
        "Shown on example.org by O'Brien",
        "Schiffahrt, III, cooperation, 1000000",
        "α-helix and β-carotene, 5 Ω",
        "Британская BBC пишет, что в Kyiv и NATO об этом знают",
        "Він сказав, що ім'я та об'єкт відомі",
        "Привёл пример: й, ё и ї",
        "نمی\u200cتوانند گاز را بیاورند",
        "क्\u200dष र्\u200dय",
        "他们把六罐氯气运到了镇上",
        "— Jane Doe May 4, 2021",
    ],
)
def test_normalization_keeps_meaningful_characters(text: str) -> None:
    assert normalize_text(text) == text


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("Бeлые кaски гoтовят aтаку", "Белые каски готовят атаку"),
        ("#белые_каски и #БелыеКаски", "белые каски и Белые Каски"),
        ("كي\u200cمي\u200dائي ســـوريا", "كيميائي سوريا"),
        ("Не said sо", "He said so"),
        ("#COVID19 #WW3 #BBCNews", "COVID 19 WW3 BBC News"),
        ("Sooo bad!!! Why?!?! Well....", "Soo bad! Why? Well..."),
        ("THE HELMETS DON'T WANT PEACE", "The Helmets Don't Want Peace"),
        ("NATO and the BBC", "NATO and the BBC"),
        ("Said so. — Jane Doe (@jane) May 4, 2021", "Said so. — Jane Doe May 4, 2021"),
        ("H\u0336o\u0336a\u0336x", "Hoax"),
    ],
)
def test_obfuscated_words_are_restored(text: str, worded: str) -> None:
    assert normalize_text(text) == worded


@pytest.mark.parametrize("text", ["", " ", "🚀", "😂 https://t.co/aB3", "!!!", "\x00", "RT @somebody:", "BREAKING: "])
def test_a_text_of_decoration_alone_is_unchanged(text: str) -> None:
    assert normalize_text(text) == text


@given(TEXTS)
@example("İ" * 13)
@example("@" * 9 + "a")
def test_normalization_is_idempotent(text: str) -> None:
    assert normalize_text(normalize_text(text)) == normalize_text(text)


@given(TEXTS)
def test_normalization_never_empties_a_text(text: str) -> None:
    assert bool(normalize_text(text)) == bool(text)


@given(
    st.lists(st.tuples(st.integers(0, len(CLAIM)), st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\ufe0f")))
)
def test_invisible_characters_change_nothing_wherever_they_are(inserted: list[tuple[int, str]]) -> None:
    copy = CLAIM
    for at, character in sorted(inserted, reverse=True):
        copy = copy[:at] + character + copy[at:]
    assert normalize_text(copy) == CLAIM

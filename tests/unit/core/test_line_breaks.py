"""Hard line breaks: what was broken by a program is joined, what somebody put on lines of its own stays."""

import textwrap

import pytest

from app.domain.core.line_breaks import unwrapped

TEXTS = {
    "en": "Mayor Boris Ionescu said on Tuesday that wolves were released in the city forest at night. The state-owned "
    "water company denied everything, and nobody was hurt. Councillor Anna Petrova claimed that tap water in the port "
    "district is poisoned with lead. She did not say since when it has been so.",
    "de": "Der Bürgermeister sagte am Dienstag, dass in der Nacht Wölfe im Stadtwald freigelassen worden seien. Die "
    "Stadträtin Anna Petrova behauptete, das Leitungswasser im Hafenviertel sei mit Blei vergiftet.",
    "ru": "Мэр Борис Ионеску заявил во вторник, что ночью в городской лес выпустили волков. Советница Анна Петрова "
    "утверждает, что вода в портовом районе отравлена свинцом, и что власти давно знают об этом.",
    "ar": "قال رئيس البلدية بوريس إيونيسكو إن الذئاب أطلقت ليلا في غابة المدينة وأكدت الدكتورة آنا بتروفا أن اللقاح "
    "يحتوي على شرائح إلكترونية لتتبع الناس في كل مكان من المدينة وضواحيها البعيدة",
}

LONG = "A paragraph much longer than any mail program would make a line, for it goes on and on, without a stop or end"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("width", [50, 65, 72, 78])
def test_a_wrapped_paragraph_is_joined(language, width):
    text = TEXTS[language]
    wrapped = textwrap.fill(text, width, break_on_hyphens=False)
    assert wrapped != text
    assert unwrapped(wrapped) == text
    assert unwrapped(wrapped.replace("\n", "\r\n")) == text
    assert (
        unwrapped(f"Hello,\n\n{wrapped}\n\n{wrapped}\n\nYours,\nAnna") == f"Hello,\n\n{text}\n\n{text}\n\nYours,\nAnna"
    )


@pytest.mark.parametrize("mark", ["> ", ">", ">> "])
def test_marks_of_quoted_mail_go(mark):
    quoted = "\n".join(mark + line for line in textwrap.wrap(TEXTS["en"], 60))
    assert unwrapped(f"On Monday Anna wrote:\n{quoted}\n\nI doubt it.") == (
        f"On Monday Anna wrote:\n{TEXTS['en']}\n\nI doubt it."
    )


@pytest.mark.parametrize(
    ("wrapped", "joined"),
    [
        ("The mayor said that tap water in the port is poi-\nsoned with lead.", "the port is poisoned with lead."),
        ("The mayor said that tap water in the port is poi\u00ad\nsoned with lead.", "the port is poisoned with lead."),
        ("This so-called plan was made by the so-\ncalled council of elders.", "by the so-called council of elders."),
        ("A long-term plan for the port was made, a long-\nterm plan for all.", "a long-term plan for all."),
        ("It lasted from the year of the big flood, 1999-\n2004, or so they say.", "1999-\n2004, or so they say."),
    ],
)
def test_a_parted_word_is_whole_again(wrapped, joined):
    assert unwrapped(wrapped).endswith(joined)


def test_scripts_without_blanks_are_joined_without_any():
    said = "市长说昨晚有人在城市森林里放出了狼居民非常害怕不敢出门。议员说港区的自来水被铅污染了"
    said += "大家不要喝这里的水了。当局没有回应这些说法"
    assert unwrapped("\n".join(said[at : at + 30] for at in range(0, len(said), 30))) == said


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "Roses are red,\nviolets are blue",
        "Wolves were released in the city forest.\nThe mayor knows nothing of it.\nNobody was warned of it.",
        "- wolves were released in the city forest at night\n- tap water in the port district is poisoned\n- and so on",
        "1) the tram timetable changes on Monday\n2) wolves were released in the city forest at night\n3) thanks",
        "• one thing that was said about the wolves\n• another thing that was said about the water",
        "> 40 people died in the market hall\nSo they say in the port district",
        "BREAKING\n\nWolves were released in the city forest at night",
        f"{LONG}\n{LONG.lower()}",
        "Name: Anna Petrova\nTown: Orlova\nWork: councillor of the port district",
        "",
        "\n\n",
    ],
)
def test_other_lines_stay_as_they_are(text):
    assert unwrapped(text) == text


def test_a_wrapped_item_of_a_list_is_one_line():
    text = "- wolves were released in the city forest at night,\n  and nobody was warned\n- tap water is poisoned"
    assert unwrapped(text) == (
        "- wolves were released in the city forest at night, and nobody was warned\n- tap water is poisoned"
    )


def test_a_joined_text_is_left_as_it_is():
    joined = unwrapped(textwrap.fill(TEXTS["en"], 60))
    assert unwrapped(joined) == joined

"""CSV and TSV as spreadsheets write them."""

import pytest

from app.domain.statements.statements import NarrativeLabel
from app.formats.csv_table import read_statements
from app.formats.lines import Unreadable


@pytest.fixture
def read(tmp_path):
    """The lines of a table of these bytes (or characters)."""

    def of(content):
        file = tmp_path / "table.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_statements(file))

    return of


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_usual_delimiter_line_end_and_byte_order_mark_is_read(read, delimiter, newline, mark):
    rows = [["id", "text", "date", "speaker", "language"], ["1", "Слова.", "2021-05-23", "A", "ru"], ["2", "More."]]
    content = mark + "".join(delimiter.join(row) + newline for row in rows)
    first, second = read(content)
    assert (first.draft.external_id, first.draft.text, first.draft.speaker) == ("1", "Слова.", "A")
    assert (first.draft.said_at.text, first.draft.language) == ("2021-05-23", "ru")
    assert (second.draft.external_id, second.draft.text, second.draft.said_at) == ("2", "More.", None)


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(read):
    [line] = read('text,speaker\n"One, ""two""\nthree",A\n')
    assert line.draft.text == 'One, "two"\nthree'
    assert line.draft.speaker == "A"
    assert line.number == 3


def test_a_delimiter_in_the_texts_does_not_decide_for_the_header(read):
    [line] = read("text;speaker\nOne, two, three, four;A\n")
    assert (line.draft.text, line.draft.speaker) == ("One, two, three, four", "A")


def test_lists_are_written_with_bars(read):
    [line] = read("text,fakes,narratives,keywords\nWords.,F1 | F2,N1,a|b\n")
    assert line.draft.narratives == (NarrativeLabel("F1", "N1"), NarrativeLabel("F2", "N1"))
    assert line.draft.metadata == {"keywords": ["a", "b"]}


def test_columns_of_others_are_kept_as_metadata(read):
    [line] = read("text,country\nWords.,Italy\n")
    assert line.draft.metadata == {"country": "Italy"}


def test_blank_rows_are_passed_over(read):
    assert [line.number for line in read("text,speaker\n\n,\nWords.,A\n")] == [4]


def test_bad_rows_are_numbered_and_the_rest_goes_in(read):
    lines = read(
        b"text,date\n"
        b"One.,2021\n"
        b"Two.,soon\n"
        b",2021\n"
        b"Four, with, commas,2021\n"
        b'"Five" x,2021\n'
        b"S\xfcx.,2021\n"
        b"Se\x00ven.,2021\n" + "Eight in Łódź.,2021\n".encode()
    )
    assert {line.number: line.draft.text for line in lines if line.draft} == {2: "One.", 9: "Eight in Łódź."}
    reasons = {line.number: line.reason for line in lines if line.reason}
    assert list(reasons) == [3, 4, 5, 6, 7, 8]
    assert "/date cannot be read as a date" in reasons[3]
    assert "/text is empty" in reasons[4]
    assert "has 4 cells for 2 columns: put quotes around text with ','" in reasons[5]
    assert "is not a row of this table" in reasons[6]
    assert "is not UTF-8" in reasons[7]
    assert "NUL" in reasons[8]


@pytest.mark.parametrize("content", ["", "\n", "title,speaker\nWords.,A\n"])
def test_a_table_without_a_text_column_is_refused(read, content):
    with pytest.raises(Unreadable, match="has no column 'text'"):
        read(content)


def test_a_table_in_utf_16_is_read(read):
    [line] = read("text,date\nWords.,2021\n".encode("utf-16"))
    assert (line.draft.text, line.draft.said_at.text) == ("Words.", "2021")

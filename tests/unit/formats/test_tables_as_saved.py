"""Tables as spreadsheets in several countries save them, and those of known datasets."""

import subprocess
import sys
import zipfile

import pytest

from app.formats.file_format import Format
from app.formats.lines import ReadOptions, Unreadable
from app.formats.opening import open_file


@pytest.fixture
def read(tmp_path):
    """The lines of a table of these bytes (or characters), and what was understood of it."""

    def of(content, name="table.csv", options=ReadOptions()):  # noqa: B008
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        opened = open_file(file, Format.AUTO, options)
        return list(opened.lines), opened.facts

    return of


def drafts(lines):
    return [line.draft for line in lines if line.draft]


GERMAN = "Text;Datum;Sprecher\r\nDie Brücke über die Weiße Elster ist gesperrt.;02.04.2023;Jürgen Groß\r\n"
RUSSIAN = "Текст;Дата;Источник\r\nМост через реку закрывают навсегда.;02.04.2023;Новости\r\n"
POLISH = "Treść;Data;Źródło\r\nW nocy wypuszczono w lesie żbiki i wilki.;2 kwietnia 2023;Głos\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (POLISH, "cp1250"), (RUSSIAN, "cp866"), (RUSSIAN, "koi8-r")],
)
def test_code_pages_are_guessed_and_said(read, content, encoding):
    lines, facts = read(content.encode(encoding))
    [draft] = drafts(lines)
    assert draft.text in content
    assert draft.said_at.text == "2023-04-02"
    assert (facts.encoding.replace("_", "-"), facts.encoding_guessed) == (encoding, True)
    assert facts.columns_kept == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_any_form(read, encoding):
    for content in (GERMAN, RUSSIAN, POLISH):
        [draft] = drafts(read(content.encode(encoding))[0])
        assert draft.text in content


def test_an_encoding_can_be_said(read):
    raw = "text\nnaïve §\n".encode("cp850")
    [draft] = drafts(read(raw, options=ReadOptions("cp850"))[0])
    assert draft.text == "naïve §"
    with pytest.raises(Unreadable, match="no encoding is called"):
        read(raw, options=ReadOptions("klingon"))
    with pytest.raises(Unreadable, match="no encoding is called"):
        read(raw, options=ReadOptions("rot13"))


def test_a_line_that_names_the_delimiter_and_a_title_above_are_no_rows(read):
    for above in ("sep=;\r\n", "Falschmeldungen 2023;;\r\n", "Stand: Mai;;\r\n;;\r\n"):
        lines, _ = read(above + GERMAN)
        assert [draft.speaker for draft in drafts(lines)] == ["Jürgen Groß"], above
        assert not [line.reason for line in lines if line.reason]


def test_cells_beyond_the_header_count_where_they_are_filled(read):
    lines, _ = read("text;date;;\nWords.;2023;;\nMore.;2023;;;;\nThird.;2023;;;x\n")
    assert [draft.text for draft in drafts(lines)] == ["Words.", "More."]
    assert [line.number for line in lines if line.reason] == [4]


def test_dates_in_either_order_are_settled_by_the_column_or_by_whoever_imports(read):
    both = "text,date\nOne.,4/2/2023\nTwo.,12/25/2023\n"
    assert [draft.said_at.text for draft in drafts(read(both)[0])] == ["2023-04-02", "2023-12-25"]
    one = "text,date\nOne.,4/2/2023\n"
    [line] = read(one)[0]
    assert "/date may be 2023-02-04 or 2023-04-02" in line.reason
    [draft] = drafts(read(one, options=ReadOptions(day_first=True))[0])
    assert draft.said_at.text == "2023-02-04"


def test_day_numbers_and_moments_of_spreadsheets_are_days(read):
    lines, _ = read("text,date\nOne.,45018\nTwo.,2023-04-02 00:00:00\n")
    assert [draft.said_at.text for draft in drafts(lines)] == ["2023-04-02", "2023-04-02"]


def test_columns_are_named_that_were_not_understood_and_can_be_said_to_hold_something(read):
    table = "Что сказано;Кто;Ресорт\nСлова.;Иванов;Город\n"
    with pytest.raises(Unreadable, match="names “Что сказано”, “Кто”, “Ресорт”"):
        read(table)
    lines, facts = read(table, options=ReadOptions(columns={"text": "что сказано", "speaker": "Кто"}))
    [draft] = drafts(lines)
    assert (draft.text, draft.speaker, draft.metadata) == ("Слова.", "Иванов", {"Ресорт": "Город"})
    assert facts.columns_kept == ("Ресорт",)
    with pytest.raises(Unreadable, match="there is no column “Wann”"):
        read("text\nWords.\n", options=ReadOptions(columns={"said_at": "Wann"}))


def test_a_bad_minor_cell_is_left_out_and_costs_nothing(read):
    [line] = read("text,url,language\nWords.,nowhere,Klingonian\n")[0]
    assert line.draft.text == "Words."
    assert {left.field for left in line.left_out} == {"url", "language"}


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "claimReviewed,itemReviewed.author.name,itemReviewed.datePublished,reviewRating.alternateName,reviewDate",
            "Words.,A person,2021-01-02,False,2021-01-05",
            ("Words.", "A person", "2021-01-02", "False"),
        ),
        ("claim,claimant,claimDate,textualRating", "Words.,A person,2021-01-02,False",
         ("Words.", "A person", "2021-01-02", "False")),
        ("tweet_id,tweet_text,created_at", "12,Words.,Sat Jan 02 20:19:24 +0000 2021",
         ("Words.", None, "2021-01-02T20:19:24Z", None)),
        ("id,news_url,title,tweet_ids", "politifact1,example.org/1,Words.,1\t2", ("Words.", None, None, None)),
        ("Page Name,Post Created Date,Message,URL", "A page,2021-01-02,Words.,https://example.org/1",
         ("Words.", None, "2021-01-02", None)),
        ("fact_check_id,claim,instances,title",
         "\"7\",\"('Wörter.', 'Words.', [('deu', 1.0)])\",\"[(1609545600.0, 'https://example.org/1')]\",",
         ("Wörter.", None, "2021-01-02T00:00:00Z", None)),
    ],
    ids=["ClaimReview", "claims:search", "X", "FakeNewsNet", "Facebook", "MultiClaim"],
)  # fmt: skip
def test_headers_of_known_datasets_are_understood(read, header, row, expected):
    [draft] = drafts(read(f"{header}\n{row}\n")[0])
    verdict = draft.findings[0].verdict if draft.findings else None
    assert (draft.text, draft.speaker, draft.said_at and draft.said_at.text, verdict) == expected


def test_a_table_of_reviews_bounds_the_claims_by_their_reviews(read):
    [draft] = drafts(read("claim,rating,review_date,review_url\nWords.,False,2021-01-05,https://example.org/r\n")[0])
    assert (draft.said_at, draft.said_before.text) == (None, "2021-01-05")
    assert draft.findings[0].url == "https://example.org/r"


def test_a_known_table_without_a_header_is_understood(read):
    row = "2635.json\tfalse\tWords that were said.\tabortion\tA person\tjudge\tTexas\tnone\t0\t1\t0\t0\t0\ta mailer\n"
    [draft] = drafts(read(row * 1, "train.tsv", ReadOptions())[0])
    assert (draft.text, draft.speaker, draft.external_id) == ("Words that were said.", "A person", "2635.json")
    assert draft.findings[0].verdict == "false"


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxml'
    'formats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxml'
    'formats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notes" sheetId="1" r:id="r1"/>'
    '<sheet name="Claims" sheetId="2" r:id="r2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
}


def workbook(path, *sheets):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in PARTS.items():
            parts.writestr(name, content)
        for number, rows in enumerate(sheets, start=1):
            parts.writestr(f"xl/worksheets/sheet{number}.xml", SHEET.format(rows))
    return path


def text_row(number, *cells):
    inner = "".join(
        f'<c r="{chr(65 + place)}{number}"><v>{cell}</v></c>'
        if isinstance(cell, (int, float))
        else f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def test_a_workbook_is_read_from_the_sheet_that_has_texts(tmp_path):
    notes = text_row(1, "Only notes") + text_row(2, "and more")
    claims = text_row(2, "Aussage", "Datum", "Nr") + text_row(4, "Wörter.", 45018, 7) + text_row(5, "Mehr.", "soon", 8)
    opened = open_file(workbook(tmp_path / "claims.xlsx", notes, claims))
    lines = list(opened.lines)
    assert [(line.number, line.draft and line.draft.said_at.text) for line in lines] == [(4, "2023-04-02"), (5, None)]
    assert (lines[0].draft.text, lines[0].draft.external_id) == ("Wörter.", "7")
    assert "/Datum cannot be read as a date" in lines[1].reason
    assert opened.facts.notes == ["sheet “Claims” was read"]


def test_a_workbook_that_describes_billions_of_cells_is_refused_before_they_are_laid_out(tmp_path):
    far = text_row(1, "text") + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(Unreadable, match=r"takes too much memory or time|cannot be read"):
        open_file(workbook(tmp_path / "far.xlsx", far, far))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="unpacks to"):
        open_file(workbook(tmp_path / "bomb.xlsx", text_row(1, "text") + " " * 30_000_000, ""))


@pytest.mark.parametrize("content", [b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 damaged"])
def test_a_damaged_workbook_is_said_to_be_one(tmp_path, content):
    (tmp_path / "claims.xlsx").write_bytes(content)
    with pytest.raises(Unreadable, match="damaged"):
        open_file(tmp_path / "claims.xlsx")


def test_the_reader_of_workbooks_is_a_process_with_limits(tmp_path):
    path = workbook(tmp_path / "claims.xlsx", text_row(1, "text"), "")
    command = [sys.executable, "-m", "app.formats.spreadsheet_rows", str(path), str(2**31), "60"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.splitlines() == [b'{"sheet": "Notes"}', b'[1, ["text"]]', b'{"sheet": "Claims"}']

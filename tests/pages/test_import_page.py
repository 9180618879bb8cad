"""Imports at the desk in a real browser: dropped, looked at, mapped, taken in with progress, and undone."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

TABLE = "what;who;when\nGrain exports rose by ten percent.;Orlov;05/06/2021\nNo precedent is known.;Karpov;06/07/2021\n"
CELLS = '<c t="inlineStr"><is><t>{}</t></is></c>'


def finish(desk, page):
    """Works on the job that the page is of."""
    job_id = page.url.rsplit("/", 1)[1]
    for part in range(3):
        desk.services.run_jobs(job_id, part)


def drop(page, name, content):
    """Drops a file on the page, as a file manager does."""
    dropped = page.evaluate_handle(
        "([name, content]) => { const all = new DataTransfer(); all.items.add(new File([content], name)); return all }",
        [name, content],
    )
    for event in ("dragover", "drop"):
        page.locator("[data-drop]").dispatch_event(event, {"dataTransfer": dropped})


def workbook(*rows):
    """The bytes of a spreadsheet with one sheet of these rows."""
    body = "".join(f"<row>{''.join(CELLS.format(cell) for cell in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        one = '<Relationship Id="rId1" Type="{}/{}" Target="{}"/>'
        first = one.format(office, "officeDocument", "xl/workbook.xml")
        second = one.format(office, "worksheet", "worksheets/sheet1.xml")
        parts.writestr("_rels/.rels", f'<Relationships xmlns="{relations}">{first}</Relationships>')
        parts.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relations}">{second}</Relationships>')
        sheet = '<sheet name="One" sheetId="1" r:id="rId1"/>'
        book = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheet}</sheets></workbook>'
        parts.writestr("xl/workbook.xml", book)
        parts.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        )
    return packed.getvalue()


@pytest.fixture
def page(desk):
    page = desk.signed_in()
    page.goto("/imports")
    return page


def test_a_dropped_table_is_mapped_dated_imported_and_undone(desk, page, axe):
    drop(page, "claims.csv", TABLE)
    expect(page.get_by_text("nothing says which of its columns holds the statements")).to_be_visible()
    axe(page)
    page.get_by_label("What what holds").select_option("text")
    expect(page.get_by_text("can be read in two ways")).to_be_visible()
    page.get_by_label("What who holds").select_option("speaker")
    page.get_by_label("Dates such as").focus()
    page.get_by_label("Dates such as").select_option("dmy")
    expect(page.get_by_text("2 new")).to_be_visible()
    expect(page.locator(".first-rows")).to_contain_text("5 June 2021")
    expect(page.locator(".first-rows")).to_contain_text("Orlov")
    expect(page.get_by_label("Dates such as")).to_be_focused()
    axe(page)
    page.get_by_role("button", name="Import this file").click()
    page.wait_for_url("**/imports/*-*")
    expect(page.get_by_text("waiting", exact=True)).to_be_visible()
    page.get_by_role("link", name="Imports").first.focus()
    finish(desk, page)
    expect(page.get_by_text("done", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Imports").first).to_be_focused()
    page.get_by_role("link", name="Undo the import").click()
    expect(page.get_by_text("2 statements go out of the archive")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take 2 statements out").click()
    expect(page.get_by_text("2 statements went out of the archive")).to_be_visible()


def test_rejected_lines_are_listed_with_their_reasons_and_saved(desk, page, axe):
    lines = "".join(f'{{"text": "Words number {n} of a test."}}\n{{"no": {n}}}\n' for n in range(60))
    page.get_by_label("Files").set_input_files({"name": "l.jsonl", "mimeType": "", "buffer": lines.encode()})
    expect(page.get_by_text("60 new")).to_be_visible()
    page.keyboard.press("i")
    page.wait_for_url("**/imports/*-*")
    finish(desk, page)
    expect(page.get_by_role("heading", name="60 rejected lines")).to_be_visible()
    axe(page)
    assert page.locator("#progress tbody tr").count() == 50
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save them as CSV").click()
    assert len(saved.value.path().read_text("utf-8-sig").splitlines()) == 61
    page.locator("[rel=next]").click()
    expect(page.locator("#progress tbody tr")).to_have_count(10)


def test_a_spreadsheet_is_read(page):
    content = workbook(("Datum", "Aussage"), ("2021-04-24", "Grain exports rose by ten percent."))
    page.get_by_label("Files").set_input_files({"name": "a.xlsx", "mimeType": "", "buffer": content})
    expect(page.locator(".first-rows")).to_contain_text("Grain exports rose by ten percent.")
    expect(page.locator(".understood")).to_contain_text("Spreadsheet")


def test_of_a_long_table_the_beginning_is_sent_to_be_looked_at(page):
    lines = "text\n" + "".join(f"A statement with the number {n} in a long table.\n" for n in range(60_000))
    sent = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/preview") else None)
    page.get_by_label("Files").set_input_files({"name": "l.csv", "mimeType": "", "buffer": lines.encode()})
    expect(page.get_by_text("The first 200 records were read")).to_be_visible()
    assert int(sent[-1].all_headers()["content-length"]) < 1_200_000 < len(lines)


def test_a_file_that_is_too_large_is_said_before_it_is_sent(page):
    page.locator("[data-import]").evaluate("(form) => { form.dataset.most = '10'; }")
    sent = []
    page.on("request", lambda one: sent.append(one.url))
    page.get_by_label("Files").set_input_files({"name": "l.csv", "mimeType": "", "buffer": b"text\nWords in a row.\n"})
    expect(page.get_by_text("l.csv is too large")).to_be_visible()
    assert not sent


def test_a_wrong_file_is_said(page):
    page.get_by_label("Files").set_input_files({"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    expect(page.get_by_text("is a PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Import this file")).to_have_count(0)

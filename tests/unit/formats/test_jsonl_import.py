"""JSON lines: every field name of the contract, and a reason for every line that cannot be read."""

from datetime import UTC, datetime

import pytest
from builders import write_jsonl

from app.domain.core.dates import parse_period
from app.domain.statements.statements import Finding, NarrativeLabel, Source
from app.formats.jsonl import read_narratives, read_statements
from app.formats.lines import Unreadable
from app.formats.opening import Format, open_lines


def read(path):
    return list(read_statements(path))


@pytest.fixture
def read_one(tmp_path):
    """The draft of one record, or the reason why there is none."""

    def of(**record):
        [line] = read(write_jsonl(tmp_path / "one.jsonl", {"text": "Words.", **record}))
        return line.draft or line.reason

    return of


@pytest.mark.parametrize("name", ["date", "said_at"])
def test_the_date_has_two_names(read_one, name):
    assert read_one(**{name: "2021-02"}).said_at == parse_period("2021-02")
    assert read_one(**{name: 2021}).said_at == parse_period("2021")


def test_a_text_of_lines_of_a_fixed_width_is_joined(read_one):
    text = "Wolves were released in the city for-\nest at night, and nobody was warned."
    assert read_one(text=text).text == "Wolves were released in the city forest at night, and nobody was warned."
    assert read_one(text="One line.\nAnother line.").text == "One line.\nAnother line."


@pytest.mark.parametrize("name", ["lang", "language"])
def test_the_language_has_two_names_and_its_usual_spelling(read_one, name):
    assert read_one(**{name: "RU"}).language == "ru"
    assert read_one(**{name: "en_US"}).language == "en"


@pytest.mark.parametrize("name", ["id", "external_id"])
def test_the_identifier_has_two_names_and_may_be_a_number(read_one, name):
    assert read_one(**{name: "a-1"}).external_id == "a-1"
    assert read_one(**{name: 17}).external_id == "17"


def test_a_source_is_a_name_or_an_object(read_one):
    assert read_one(source="Outlet", url="https://example.org/1").source == Source("Outlet", "https://example.org/1")
    whole = {"name": "Outlet", "url": "https://example.org/2", "archive_url": "https://archive.example.org/2"}
    expected = Source("Outlet", "https://example.org/2", "https://archive.example.org/2")
    assert read_one(source=whole, url="https://example.org/1").source == expected


def test_speaker_title_and_the_time_of_learning_are_read(read_one):
    draft = read_one(speaker="Karpov", title=" Title ", learned_at="2021-06-01")
    assert (draft.speaker, draft.title) == ("Karpov", "Title")
    assert draft.learned_at == datetime(2021, 6, 1, tzinfo=UTC)


def test_narratives_alone_are_the_narratives_of_the_statement(read_one):
    assert read_one(narratives=["N1", "N2", "N1"]).narratives == (NarrativeLabel("N1"), NarrativeLabel("N2"))
    assert read_one(narratives="N1").narratives == (NarrativeLabel("N1"),)


def test_scripts_become_narratives_and_the_narratives_beside_them_their_parents(read_one):
    assert read_one(fakes=["F1", "F2"], narratives=["N1"]).narratives == (
        NarrativeLabel("F1", "N1"),
        NarrativeLabel("F2", "N1"),
    )
    assert read_one(fakes=["F1"]).narratives == (NarrativeLabel("F1"),)


def test_a_script_is_not_its_own_parent(read_one):
    assert read_one(fakes=["N1"], narratives=["N1"]).narratives == (NarrativeLabel("N1"),)


def test_an_outcome_is_read_with_its_evidence(read_one):
    given = {"verdict": "false", "outcome": "did_not_happen", "outcome_url": "https://example.org/o"}
    [finding] = read_one(findings=[given]).findings
    assert (finding.outcome, finding.outcome_url) == ("did_not_happen", "https://example.org/o")
    [finding] = read_one(findings=[{"verdict": "false", "outcome": None}]).findings
    assert (finding.outcome, finding.outcome_url) == (None, None)


def test_findings_are_read(read_one):
    [finding] = read_one(
        findings=[{"verdict": "false", "publisher": "Desk", "url": "https://example.org/f", "published_at": "2021-06",
                   "summary": "No.", "learned_at": "2021-07-01"}]
    ).findings  # fmt: skip
    assert finding == Finding(
        "false", "Desk", "https://example.org/f", parse_period("2021-06"), "No.",
        learned_at=datetime(2021, 7, 1, tzinfo=UTC),
    )  # fmt: skip


def test_a_disproof_becomes_a_finding(read_one):
    [finding] = read_one(disproof="It did not happen.", url="https://example.org/1").findings
    assert (finding.verdict, finding.summary) == ("disproved", "It did not happen.")
    assert finding.url == "https://example.org/1"


def test_summary_keywords_and_unknown_fields_are_kept_as_metadata(read_one):
    draft = read_one(summary="Short.", keywords=["a", "b"], country="Italy", empty="", nothing=None, nested={"a": [1]})
    assert draft.metadata == {"summary": "Short.", "keywords": ["a", "b"], "country": "Italy", "nested": {"a": [1]}}


def test_no_field_of_ours_is_metadata(read_one):
    draft = read_one(
        title="T", date="2021", learned_at="2021", lang="en", speaker="S", source="O", url="https://example.org",
        archive_url="https://example.org/a", id="1", fakes=["F"], narratives=["N"], findings=[], disproof="D",
    )  # fmt: skip
    assert draft.metadata == {}


def test_fields_that_are_null_or_blank_count_as_absent(read_one):
    draft = read_one(title=None, speaker=" ", date="", language=None, id="", narratives=None, findings=None)
    assert (draft.title, draft.speaker, draft.said_at, draft.language, draft.external_id) == (None,) * 5
    assert draft.narratives == draft.findings == ()


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"text": None}, "/text must be text"),
        ({"text": " \u200b "}, "/text is empty: send at least one visible character"),
        ({"text": "x" * 5_001}, "/text has 5,001 characters; the limit is 5,000"),
        ({"text": ["a"]}, "/text must be text"),
        ({"text": {"a": 1}}, "/text must be text"),
        ({"text": True}, "/text must be text"),
        ({"date": "23.05.2021"}, "/date cannot be read as a date: write YYYY"),
        ({"date": "2021-02-30"}, "/date there is no such date"),
        ({"said_at": 2021.5}, "/said_at must be text: write YYYY"),
        ({"language": "klingonese"}, "/language names no language"),
        ({"url": "javascript:alert(1)"}, "/url is no web address"),
        ({"source": {"url": "x"}}, "/source/url is no web address"),
        ({"speaker": "a\x00b"}, "/speaker contains a NUL"),
        ({"speaker": "a\ud800"}, "/speaker contains half a character"),
        ({"extra": {"deep": ["a\x00"]}}, "/extra/deep/0 contains a NUL"),
        ({"extra\x00": 1}, "contains a NUL"),
        ({"speaker": "x" * 501}, "/speaker has 501 characters; the limit is 500"),
        ({"fakes": ["x" * 501]}, "/fakes/0 has 501 characters"),
        ({"id": "x" * 501}, "/id has 501 characters; the limit is 500"),
        ({"findings": {"verdict": "false"}}, "/findings must be a list"),
        ({"findings": ["false"]}, "/findings/0 must be a JSON object"),
        (
            {"findings": [{"verdict": "false", "outcome": "maybe"}]},
            "/findings/0/outcome must be one of 'happened', 'did_not_happen' or 'unknown'",
        ),
        ({"findings": [{"publisher": "Desk"}]}, "/findings/0/verdict is missing: it has to be there"),
        ({"narratives": ["", ["N1"]]}, "/narratives/1 must be text"),
        ({"source": ["N1"]}, "/source must be text"),
        (
            {"said_at": "soon", "speaker": "x" * 501},
            "/speaker has 501 characters; the limit is 500: send a shorter text; /said_at ",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_field_and_the_reason(tmp_path, record, reason):
    import json

    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"text": "Words.", **record}))  # escapes what UTF-8 cannot hold
    [line] = read(file)
    assert line.draft is None
    assert reason in line.reason


def test_bad_lines_are_numbered_as_in_the_file_and_the_rest_goes_in(tmp_path):
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "One."}\n'
        b"\n"
        b'{"text": "Three."\n'
        b'{"text": "F\xfcnf."}\n'
        b'["text"]\n'
        b'{"text": "Seven.", "n": NaN}\r\n'
        b'{"text": "Eight."}\r\n'
        b"  \n"
        b'{"text": "Ten."}'
    )
    lines = read(file)
    assert {line.number: line.draft.text for line in lines if line.draft} == {1: "One.", 7: "Eight.", 9: "Ten."}
    reasons = {line.number: line.reason for line in lines if line.reason}
    assert list(reasons) == [3, 4, 5, 6]
    assert "is not JSON" in reasons[3]
    assert "is not UTF-8" in reasons[4]
    assert "must be a JSON object" in reasons[5]
    assert "NaN is no JSON number" in reasons[6]


def test_a_line_separator_inside_a_text_does_not_end_the_line(tmp_path):
    file = write_jsonl(tmp_path / "one.jsonl", {"text": "One\u2028two\x85three."})
    [line] = read(file)
    assert line.draft.text == "One\u2028two\x85three."


def test_narratives_are_read_with_their_parents(tmp_path):
    file = write_jsonl(
        tmp_path / "narratives.jsonl",
        {"id": "N1", "title": "Broad"},
        {"id": "N2", "title": "Narrow", "parent": "N1", "description": "In few words."},
        {"id": "N3"},
    )
    first, second, third = read_narratives(file)
    assert (first.narrative.external_id, first.narrative.title) == ("N1", "Broad")
    assert (second.narrative.parent, second.narrative.description) == ("N1", "In few words.")
    assert (third.number, third.reason) == (3, "/title is missing: it has to be there")


def opened(path, wanted=Format.AUTO):
    return [(file.name, line.number) for file, line in open_lines(path, wanted)]


def test_a_folder_is_its_narratives_and_then_its_corpus(tmp_path):
    write_jsonl(tmp_path / "corpus.jsonl", {"text": "Words."}, {"text": "More."})
    assert opened(tmp_path) == [("corpus.jsonl", 1), ("corpus.jsonl", 2)]
    write_jsonl(tmp_path / "narratives.jsonl", {"title": "Narrative"})
    assert opened(tmp_path) == [("narratives.jsonl", 1), ("corpus.jsonl", 1), ("corpus.jsonl", 2)]


def test_a_folder_without_a_corpus_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"has no corpus\.jsonl"):
        opened(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="is not there"):
        opened(tmp_path / "nothing.jsonl")


def test_an_unknown_file_format_has_to_be_given(tmp_path):
    file = tmp_path / "statements.txt"
    file.write_text("Some words that nobody laid out.")
    with pytest.raises(Unreadable, match=r"cannot tell the format of statements\.txt: say --format"):
        opened(file)
    assert opened(file, Format.JSONL) == [("statements.txt", 1)]


def test_the_content_tells_the_format_whatever_the_name(tmp_path):
    assert opened(write_jsonl(tmp_path / "statements.txt", {"text": "Words."})) == [("statements.txt", 1)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", '{"text": "Words."}'), ("a.NDJSON", '{"text": "Words."}'), ("a.csv", "text\nWords."),
     ("a.tsv", "text\nWords."), ("a.json", '{"@type": "ClaimReview", "claimReviewed": "Words."}'),
     ("a.jsonld", '{"@type": "ClaimReview", "claimReviewed": "Words."}')],
)  # fmt: skip
def test_the_end_of_the_name_tells_the_format(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    assert len(opened(tmp_path / name)) == 1

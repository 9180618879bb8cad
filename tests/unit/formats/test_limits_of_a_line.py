"""What one line of an import may hold: more is refused, and the reason names the field and the limit."""

import pytest

from app.formats.lines import Unreadable
from app.formats.record import statement_draft

TEXT = "The dam near the town was mined."


def reason(**fields):
    with pytest.raises(Unreadable) as refused:
        statement_draft({"text": TEXT, **fields})
    return str(refused.value)


@pytest.mark.parametrize("name", ["fakes", "narratives"])
def test_a_line_has_at_most_fifty_scripts_and_narratives(name):
    assert len(statement_draft({"text": TEXT, name: [f"n{number}" for number in range(50)]}).narratives) == 50
    assert f"{name} may have at most 50 entries" in reason(**{name: [f"n{number}" for number in range(20_000)]})


def test_a_line_has_at_most_fifty_findings():
    findings = [{"verdict": f"v{number}"} for number in range(51)]
    assert len(statement_draft({"text": TEXT, "findings": findings[:50]}).findings) == 50
    assert "findings may have at most 50 entries" in reason(findings=findings)


def test_a_line_has_at_most_a_hundred_keywords():
    words = [f"w{number}" for number in range(101)]
    assert statement_draft({"text": TEXT, "keywords": words[:100]}).metadata["keywords"] == words[:100]
    assert "keywords may have at most 100 entries" in reason(keywords=words)


def test_other_fields_of_a_line_are_bounded_in_number_and_in_length():
    assert "101 fields that are not ours" in reason(**{f"f{number}": 1 for number in range(101)})
    long = reason(body="a" * 60_000, note="b")
    assert "“body”" in long
    assert "the limit is 50,000" in long

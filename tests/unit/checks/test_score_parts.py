"""Parts of a score: what speaks for a match, and what against it."""

from types import SimpleNamespace

from app.domain.checks.score_parts import MOST_SHOWN, is_across, score_parts


def span(role, words):
    return SimpleNamespace(
        role=role, statement=SimpleNamespace(exact=words), precedent=SimpleNamespace(exact=f"then {words}")
    )


def match(signals=None, relation="repeats", **spans):
    none = {"repeated": (), "changed": (), "added": (), "removed": ()}
    return SimpleNamespace(signals=signals or {}, relation=relation, **{**none, **spans})


def test_a_high_signal_speaks_for_and_a_low_one_against_the_heaviest_first():
    parts = score_parts(match({"dense": 0.9, "lexical": 0.1, "themes": 0.6}))
    assert [(part.kind, part.speaks_for, part.percent) for part in parts] == [
        ("meaning", True, 90), ("words", False, 10), ("topic", True, 60),
    ]  # fmt: skip


def test_words_of_two_languages_are_not_compared():
    other = match({"dense": 0.8, "lexical": 0.0, "wording": 0.0, "across": 1.0})
    assert [part.kind for part in score_parts(other)] == ["meaning"]
    assert is_across(other)


def test_names_that_a_statement_does_not_have_speak_neither_for_nor_against():
    assert [part.kind for part in score_parts(match({"names": 0.0, "numbers": 0.5}))] == ["numbers"]


def test_spans_of_one_role_are_one_part_and_bare_wording_is_none():
    parts = score_parts(
        match(
            repeated=(span("place", "a"), span("place", "b"), span("other", "c")),
            changed=(span("means", "d"),),
            added=(span("time", "e"),),
        )
    )
    assert [(part.kind, part.role, part.words, part.speaks_for) for part in parts] == [
        ("same", "place", ("then a", "then b"), True),
        ("changed", "means", ("then d",), False),
        ("added", "time", ("e",), False),
    ]


def test_the_opposite_weighs_most_and_the_list_ends():
    many = [span(role, role) for role in ("actor", "accused", "act", "means", "place", "quantity", "target", "victims")]
    parts = score_parts(match({"dense": 1.0, "wording": 3.0}, "opposes", repeated=tuple(many)))
    assert (parts[0].kind, parts[0].speaks_for, len(parts)) == ("opposes", False, MOST_SHOWN)
    assert score_parts(match({"wording": 3.0}))[0].percent == 100

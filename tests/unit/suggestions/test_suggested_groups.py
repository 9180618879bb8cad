"""Rules of suggested narratives."""

from builders import statement

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AlignedSpan
from app.domain.suggestions.suggestions import CommonPhrase, OfferedGroup, jaccard, matched, refused_again
from app.services.suggestions.common_script import common_phrases

TEXT = "The White Helmets are preparing a staged chemical attack in Idlib."


def span(phrase):
    begin = TEXT.index(phrase)
    quote = TextQuote.of(TEXT, begin, begin + len(phrase))
    return AlignedSpan("act", quote, quote)


def test_a_group_is_refused_again_from_half_on():
    assert refused_again({1, 2, 3, 4}, [frozenset({9}), frozenset({3, 4})])
    assert not refused_again({1, 2, 3, 4, 5}, [frozenset({4, 5})])
    assert jaccard(set(), set()) == 0


def test_groups_keep_the_key_of_the_most_alike_each_key_once():
    known = {7: {1, 2, 3, 4}, 8: {10, 11, 12}}
    assert matched(known, [{1, 2, 3, 4, 5}, {1, 2, 3, 4}, {20}, {11, 12}]) == [None, 7, None, 8]


def test_common_phrases_are_runs_of_words_that_half_of_the_others_repeat():
    others = [
        [span("The White Helmets are preparing"), span("chemical attack in Idlib")],
        [span("White Helmets"), span("staged chemical attack")],
        [span("The White Helmets are preparing")],
    ]
    assert common_phrases(TEXT, others) == (
        CommonPhrase("The White Helmets are preparing", 3),
        CommonPhrase("chemical attack", 3),
    )


def test_small_words_alone_are_no_phrase_and_nothing_in_common_is_none():
    assert common_phrases(TEXT, [[span("The")], [span("The"), span("a ")]]) == ()
    assert common_phrases(TEXT, [[], []]) == ()


def test_a_group_says_when_who_and_in_which_languages():
    group = OfferedGroup(
        None,
        (
            statement("Later.", "2021-05-02", speaker="Karpov"),
            statement("Undated.", language="ru", speaker="Karpov"),
            statement("Earlier.", "2020-01", speaker="Volkov"),
        ),
    )
    assert [one.text for one in group.in_order] == ["Earlier.", "Later.", "Undated."]
    assert group.speakers == ["Volkov", "Karpov"]
    assert group.languages == ["en", "ru"]
    assert group.headline == "Later."
    assert [str(one.said_at.text) for one in group.dated] == ["2020-01", "2021-05-02"]

"""Names that may be those of one speaker, across scripts."""

import pytest

from app.language.attribution.alike_speakers import alike_pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karpov", "Карпов"),
        ("Alexander Karpov", "Александр Карпов"),
        ("A. Karpov", "Alexander Karpov"),
        ("Maria Zakharova", "Мария Захарова"),
        ("Maria Sacharowa", "Maria Zakharova"),
        ("Igor Kirillov", "Игорь Кириллов"),
        ("Sergej Lawrow", "Сергей Лавров"),
        ("Ministry of Defence", "Ministry of Defense"),
    ],
)
def test_names_that_are_alike(one, other):
    assert alike_pairs([one, "Somebody Else", other]) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alexander Karpov", "Igor Karpov"),
        ("I. Karpov", "Alexander Karpov"),
        ("Maria Zakharova", "Maria Savchenko"),
        ("Li", "Lee"),
        ("", "..."),
    ],
)
def test_names_that_are_not(one, other):
    assert alike_pairs([one, other]) == []

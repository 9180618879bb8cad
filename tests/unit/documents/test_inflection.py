"""Names out of the cases in which Polish and Turkish put them after `according to`."""

import pytest

from app.language.attribution.inflection import uninflected
from app.language.lexicons.attribution import attribution_lexicon


@pytest.mark.parametrize(
    ("language", "phrase", "nominative"),
    [
        ("pl", "Piotra Zielińskiego", "Piotr Zieliński"),
        ("pl", "Anny Kowalskiej", "Anna Kowalska"),
        ("pl", "Marka Nowaka", "Marek Nowak"),
        ("pl", "Ministerstwa Obrony Narodowej", "Ministerstwo Obrony Narodowej"),
        ("pl", "Straży Granicznej", "Straż Graniczna"),
        ("pl", "Komisji Europejskiej", "Komisja Europejska"),
        ("tr", "Ayşe Demir'e", "Ayşe Demir"),
        ("tr", "Sağlık Bakanlığına", "Sağlık Bakanlığı"),
        ("pt", "Helena Prates", "Helena Prates"),
    ],
)
def test_a_name_is_given_in_the_nominative(language, phrase, nominative):
    assert uninflected(phrase, attribution_lexicon(language)) == nominative

"""The language of the command line, as the environment names it."""

import pytest

from app.cli.reader_language import reader_languages


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({}, ()),
        ({"LANG": "uk_UA.UTF-8"}, ("uk-UA",)),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "uk_UA"}, ("uk-UA",)),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "uk_UA@variant"}, ("uk-UA",)),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "uk:de"}, ("uk", "de", "en-GB")),
        ({"LANG": "C.UTF-8", "LANGUAGE": "uk"}, ()),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": "C"}, ()),
        ({"LANG": "uk_UA.UTF-8", "LC_ALL": ""}, ("uk-UA",)),
    ],
)
def test_the_environment_names_languages_as_programs_of_the_system_read_them(environment, languages):
    assert reader_languages(environment) == languages

"""The language of what the command line prints, as the environment names it."""

import os
from collections.abc import Mapping
from typing import Final

_LISTED: Final = "LANGUAGE"
_FIRST_OF: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def reader_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Tags of the languages that `LANGUAGE`, or else `LC_ALL`, `LC_MESSAGES` or `LANG` names: "uk_UA.UTF-8" is "uk-UA".

    None where the locale is that of programs, C or POSIX.
    """
    locale = next((environment[name] for name in _FIRST_OF if environment.get(name)), "")
    if _tag(locale) in ("", "C", "POSIX"):
        return ()
    listed = environment.get(_LISTED, "").split(":")
    return tuple(filter(None, [*map(_tag, listed), _tag(locale)]))


def _tag(locale: str) -> str:
    return locale.split(".")[0].split("@")[0].replace("_", "-")

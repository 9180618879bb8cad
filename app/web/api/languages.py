"""A language tag of a body in its usual spelling."""

from app.domain.core.errors import InvalidInput
from app.services import Services


def require_language(services: Services, tag: str | None, pointer: str = "/language") -> str | None:
    """The usual spelling of a tag; None for None. Raises `InvalidInput` for one that names no language."""
    if tag is None:
        return None
    canonical = services.languages.canonical(tag)
    if canonical is None:
        raise InvalidInput.at(pointer, "names no language: send its code, such as en or ru, or leave it out")
    return canonical


def require_language_parameter(services: Services, tag: str | None) -> str | None:
    """Canonical language tag of the query parameter `language`. Raises `InvalidInput`."""
    canonical = None if tag is None else services.languages.canonical(tag)
    if tag is not None and canonical is None:
        raise InvalidInput.in_parameter("language", "names no language: send its code, such as en or ru")
    return canonical

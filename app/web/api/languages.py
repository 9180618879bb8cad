"""A language tag of a body in its usual spelling."""

from app.domain.errors import InvalidInput
from app.services import Services


def canonical_or_refused(services: Services, tag: str | None, pointer: str = "/language") -> str | None:
    """The usual spelling of a tag; None for None. Raises `InvalidInput` for one that names no language."""
    if tag is None:
        return None
    canonical = services.languages.canonical(tag)
    if canonical is None:
        raise InvalidInput.at(pointer, "names no language: send its code, such as en or ru, or leave it out")
    return canonical

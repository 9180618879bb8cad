"""Glosses of foreign texts from the pages: writing one's own, removing, and asking for a machine translation."""

import re
from typing import Annotated, Final

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.glosses.glosses import GlossSubject, SubjectKind, TranslationFailed
from app.schemas.desk import NoteIn
from app.schemas.faults import validated
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, pages
from app.web.pages.flash import Notice, set_notice
from app.web.pages.rendering import messages_of

router = pages()
_LOCAL: Final = re.compile(r"/(?![/\\])[\x21-\x7e]{0,2000}")
_Back = Annotated[str, Form()]


@router.post("/glosses/{kind}/{subject_id}")
def write(
    request: Request,
    kind: SubjectKind,
    subject_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    text: Annotated[str, Form()] = "",
    back: _Back = "",
) -> Response:
    """Keeps what a text says in the words of who is signed in, in the language of the pages."""
    words = validated(NoteIn, {"text": text.replace("\r\n", "\n")}).text
    language = messages_of(request).language
    subject = GlossSubject(kind, subject_id)
    services.write_glosses.write(analyst.organisation, analyst.reviewer, subject, words, language)
    return _back_to(back, subject, Notice("gloss-kept"))


@router.post("/glosses/{kind}/{subject_id}/translate")
def translate(
    request: Request,
    kind: SubjectKind,
    subject_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    back: _Back = "",
) -> Response:
    """Asks the translation provider, and says plainly where it fails."""
    subject, language = GlossSubject(kind, subject_id), messages_of(request).language
    try:
        services.write_glosses.translate(analyst.organisation, analyst.reviewer, subject, language)
    except TranslationFailed as failure:
        return _back_to(back, subject, Notice("gloss-failed", {"reason": failure.reason}, tone="bad"))
    return _back_to(back, subject, Notice("gloss-translated"))


@router.post("/removed-glosses/{gloss_id}")
def remove(gloss_id: str, services: TheServices, analyst: AnAnalyst, back: _Back = "") -> Response:
    """Removes one's own gloss or a machine translation; an admin removes those of others, too."""
    others = analyst.account.is_admin
    gloss = services.write_glosses.remove(analyst.organisation, analyst.reviewer, gloss_id, others=others)
    return _back_to(back, gloss.subject, Notice("gloss-removed", tone="plain"))


def _back_to(address: str, subject: GlossSubject, notice: Notice) -> Response:
    """The page that the form was on, or that of the subject where the form does not say."""
    own = f"/statements/{subject.id}" if subject.kind == "statement" else f"/checks/{subject.id}"
    answer = RedirectResponse(address if _LOCAL.fullmatch(address) else own, 303)
    set_notice(answer, notice)
    return answer

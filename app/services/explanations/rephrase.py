"""Stored answers in the language of whoever reads them: written anew from what was aligned and counted then."""

from dataclasses import replace

from app.domain.checks.checks import Check
from app.domain.core.messages import Messages
from app.domain.documents.documents import Document
from app.language.explanation.sentences import rephrased
from app.services.checks.notices import notice_in


def check_in(check: Check, phrases: Messages | None) -> Check:
    """A check with its sentences in the language of `phrases`; as it was answered where that is None."""
    if phrases is None or check.phrased_in == phrases.language:
        return check
    return replace(rephrased(check, phrases), notice=notice_in(check.notice, phrases))


def document_in(document: Document, phrases: Messages | None) -> Document:
    """An article, its notice and its checks likewise."""
    if phrases is None:
        return document
    checks = [check_in(claim.check, phrases) for claim in document.statements]
    notice = document.notice if document.phrased_in == phrases.language else notice_in(document.notice, phrases)
    return replace(document.with_checks(checks), notice=notice, phrased_in=phrases.language)

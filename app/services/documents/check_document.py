"""Document checks: extracts the claims of an article, attributed ones and its author's own, and checks each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest, Language
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period, parse_period
from app.domain.core.errors import InvalidInput, NotFound, TooLarge
from app.domain.core.line_breaks import unwrapped
from app.domain.core.text import InvalidText, clean
from app.domain.core.text_quotes import TextQuote
from app.domain.documents.documents import (
    LONGEST_DOCUMENT,
    MOST_CHECKS,
    MOST_OWN,
    CheckedClaim,
    Claim,
    Document,
    DocumentRequest,
    OmittedClaims,
    Page,
    ParsedDocument,
    PublishedFrom,
    WhyLeftOut,
)
from app.domain.documents.same_article import KnownArticle
from app.domain.statements.statements import LONGEST_TEXT, Source
from app.language.attribution.assertions import own_assertions
from app.language.attribution.claims import ExtractedClaims, extract_claims
from app.language.attribution.text_spans import Sentence
from app.language.lexicons.attribution import attribution_lexicon
from app.services.checks.check_statements import CheckStatements
from app.services.checks.notices import undated_notice
from app.services.ports import Clock, Languages, Store, Transaction
from index.processor_budget import check_processor_budget

ReadPage = Callable[[str], Page | None]
Note = Callable[[Transaction, Document], None]
"""What else is written in the transaction that stores a document."""
SplitSentences = Callable[[str, str], Iterable[tuple[int, tuple[int, int]]]]
"""Sentences of a text in a language: each with the number of its paragraph."""


@dataclass(frozen=True, slots=True)
class CheckDocument:
    """Extracts the claims of an article, and checks them in one batch."""

    store: Store
    check_statements: CheckStatements
    languages: Languages
    read_page: ReadPage
    split_sentences: SplitSentences
    clock: Clock

    def read(self, request: DocumentRequest) -> ParsedDocument:
        """Finds the claims of an article. Raises `InvalidInput`, and `TooLarge` for one over the limit."""
        check_processor_budget()
        page = self._page(request)
        published_at, published_from = _published(request, page)
        language = Language(request.language or self.languages.detect(page.text), request.language is None)
        sentences = [
            Sentence(start, end, paragraph)
            for paragraph, (start, end) in self.split_sentences(page.text, language.code)
        ]
        author = request.author or page.author
        check_processor_budget()
        found = _extracted(page, sentences, language.code, published_at)
        own = own_assertions(page.text, sentences, found.quotations, found.claims, language.code, author)
        claims = sorted([*found.claims, *own], key=lambda claim: claim.start)
        checked, left_out = _selected(claims)
        return ParsedDocument(
            text=page.text,
            title=request.title or page.title,
            url=request.url,
            language=language,
            published_at=published_at,
            published_from=published_from,
            sentences=[(sentence.start, sentence.end) for sentence in sentences],
            quotations=found.quotations,
            claims=checked,
            left_out=left_out,
            dates_unresolved=found.unresolved,
            author=author,
            attributions_read=attribution_lexicon(language.code) is not None,
        )

    def check(
        self,
        read: ParsedDocument,
        request: DocumentRequest,
        organisation: Organisation | None = None,
        accept_languages: Sequence[str] = (),
        note: Note = lambda _tx, _document: None,
        by: Actor | None = None,
    ) -> Document:
        """Checks the claims, and stores article and checks for `organisation` where the request asks to be recorded.

        `accept_languages`: the languages that whoever asks understands, the best first. `note` is called in the
        transaction that stores the document. `by`: who has it checked, where that is known.
        """
        document_id, now = str(uuid4()), self.clock()
        record = request.record and organisation is not None
        requests = [
            CheckRequest(
                text=claim.text,
                language=read.language.code,
                language_detected=read.language.detected,
                said_at=claim.said_at or read.published_at,
                speaker=claim.speaker,
                source=Source(None, read.url) if read.url else None,
                known_at=request.known_at,
                earlier_only=request.earlier_only,
                limit=request.limit,
                minimum_tier=request.minimum_tier,
                record=False,
                document=document_id if record else None,
            )
            for claim in read.claims
        ]
        checks = self.check_statements(requests, organisation, accept_languages) if requests else []
        statements = [CheckedClaim(claim, check) for claim, check in zip(read.claims, checks, strict=True)]
        phrased_in = self.check_statements.texts.for_language(accept_languages).language
        document = self._with_notice(Document(document_id, now, read, statements, phrased_in))
        if record and organisation:
            with self.store.writing() as tx:
                for check in checks:
                    self.check_statements.record(tx, organisation, check)
                tx.documents.add(organisation, document, by)
                tx.audit.add("document.recorded", "document", document.id, organisation_id=organisation.id)
                note(tx, document)
        return document

    def known(self, read: ParsedDocument, organisation: Organisation) -> KnownArticle | None:
        """The latest check of the same article by the organisation: of the same text, or at the same address."""
        with self.store.reading() as tx:
            return tx.documents.same_article(organisation, read.text, read.url)

    def get(self, document_id: str, organisation: Organisation) -> Document:
        """Document of the organisation as it was answered, with later withdrawals and reviews marked."""
        with self.store.reading() as tx:
            document = tx.documents.by_id(organisation, document_id)
        if document is None:
            raise NotFound("your organisation has no document with this id")
        return self._with_notice(document)

    def _with_notice(self, document: Document) -> Document:
        if document.read.published_at:
            return document
        phrases = self.check_statements.texts.for_language([document.phrased_in])
        return replace(document, notice=undated_notice(phrases))

    def _page(self, request: DocumentRequest) -> Page:
        pointer, raw = ("/html", request.html) if request.html is not None else ("/text", request.text)
        if raw is None or (request.html is not None and request.text is not None):
            raise InvalidInput.at("", "say what to read: either text or html")
        if len(raw) > LONGEST_DOCUMENT:
            raise TooLarge(
                f"{pointer[1:]} has {len(raw):,} characters; the limit is {LONGEST_DOCUMENT:,}: send it in parts"
            )
        page = Page(raw) if pointer == "/text" else self.read_page(raw)
        if page is None:
            raise InvalidInput.at(pointer, "has no text in it that could be an article: send the article as text")
        try:
            text = clean(page.text, LONGEST_DOCUMENT)
            return replace(page, text=unwrapped(text) if page.text.strip() == raw.strip() else text)
        except InvalidText as error:
            raise InvalidInput.at(pointer, str(error)) from error


def _extracted(
    page: Page, sentences: Sequence[Sentence], language: str, published_at: Period | None
) -> ExtractedClaims:
    """The claims of an article; of a live blog each entry's by itself, of the entry's day where they name no other."""
    begins = {page.text.find(entry.opening): parse_period(entry.day) for entry in page.entries}
    begins.pop(-1, None)
    bounds = [0, *sorted(begins), len(page.text) + 1]
    claims: list[Claim] = []
    unresolved: list[TextQuote] = []
    for begin, end in pairwise(dict.fromkeys(bounds)):
        day = begins.get(begin, published_at)
        within = [sentence for sentence in sentences if begin <= sentence.start < end]
        found = extract_claims(page.text, within, language, day)
        dated = begin in begins
        claims += [
            replace(claim, said_at=day, said_at_from="context") if dated and claim.said_at is None else claim
            for claim in found.claims
        ]
        unresolved += found.unresolved
    return ExtractedClaims(tuple(claims), found.quotations, tuple(unresolved))


def _published(request: DocumentRequest, page: Page) -> tuple[Period | None, PublishedFrom | None]:
    if request.published_at:
        return request.published_at, "request"
    if page.published_at:
        return parse_period(page.published_at), "page"
    return None, None


def _selected(claims: Sequence[Claim]) -> tuple[list[Claim], list[OmittedClaims]]:
    """The claims to be checked, and the others, both in order: attributed ones go before the author's own."""
    reasons: dict[Claim, WhyLeftOut] = {
        claim: "background" if claim.background else "too_long"
        for claim in claims
        if claim.background or len(claim.text) > LONGEST_TEXT
    }
    checkable = [claim for claim in claims if claim not in reasons]
    attributed = [claim for claim in checkable if not claim.own][:MOST_CHECKS]
    own = [claim for claim in checkable if claim.own][: min(MOST_OWN, MOST_CHECKS - len(attributed))]
    checked = {*attributed, *own}
    left_out = [OmittedClaims(claim, reasons.get(claim, "too_many")) for claim in claims if claim not in checked]
    return [claim for claim in claims if claim in checked], left_out

"""Columns of tables and fields of records: which field of a statement each is, by the names that known datasets and
spreadsheets give them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.formats.lines import Unreadable
from app.schemas.imports import FIELD_NAMES

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (
        "claimreviewed", "claim_reviewed", "claim_text", "claim", "claims", "claim_title", "claim_s_title", "vclaim",
        "statement", "full_text", "tweet_text", "tweet_content", "tweet", "post_text", "message", "message_text",
        "content", "disinformation", "summary_of_the_disinformation", "quote", "what_was_said", "aussage",
        "behauptung", "zitat", "inhalt", "текст", "утверждение", "заявление", "цитата", "сообщение", "твердження",
        "заява", "повідомлення", "tekst", "twierdzenie", "wypowiedź", "treść", "cytat", "texte", "déclaration",
        "affirmation", "citation", "texto", "afirmación", "declaración", "afirmação", "alegação", "testo",
        "dichiarazione", "metin", "iddia", "výrok",
    ),
    "title": (
        "headline", "titel", "überschrift", "заголовок", "название", "назва", "tytuł", "titre", "título", "titolo",
        "başlık", "nadpis",
    ),
    "language": (
        "lang", "language_code", "languagecode", "inlanguage", "languages", "sprache", "язык", "мова", "język",
        "langue", "idioma", "lingua", "dil", "jazyk",
    ),
    "speaker": (
        "claimant", "claim_author", "claim_author_name", "itemreviewed_author_name", "item_reviewed_author_name",
        "said_by", "speaker_name", "author", "author_name", "username", "user_name", "screen_name",
        "user_screen_name", "user", "name_of_speaker", "sprecher", "sprecherin", "sprecher_in", "autor", "person",
        "спикер", "автор", "кто_сказал", "говорящий", "спікер", "хто_сказав", "mówca", "osoba", "kto", "auteur",
        "locuteur", "orador", "autore", "konuşmacı", "mluvčí",
    ),
    "said_at": (
        "date", "claim_date", "claimdate", "claim_published", "itemreviewed_datepublished",
        "item_reviewed_date_published", "date_of_publication", "publication_date", "date_published", "published",
        "published_at", "published_date", "pubdate", "created_at", "timestamp", "datetime", "date_time",
        "post_created", "post_created_date", "posted_at", "tweet_date", "statement_date", "when", "day", "datum",
        "tag", "veröffentlicht", "дата", "дата_публикации", "дата_публікації", "когда", "коли", "data",
        "data_publikacji", "kiedy", "jour", "quand", "fecha", "data_de_publicação", "tarih",
    ),
    "source": (
        "outlet", "outlets", "source_name", "page_name", "channel", "channel_name", "site", "medium", "media",
        "newspaper", "quelle", "источник", "канал", "сми", "джерело", "змі", "źródło", "kanał", "fuente", "fonte",
        "kaynak", "zdroj",
    ),
    "url": (
        "link", "links", "permalink", "tweet_url", "post_url", "news_url", "source_url", "page_url", "claim_url",
        "address", "adresse", "ссылка", "посилання", "adres", "lien", "enlace", "odkaz",
    ),
    "archive_url": (
        "archived_url", "archive_link", "archive", "archiv",
    ),
    "external_id": (
        "id", "tweet_id", "post_id", "fact_check_id", "vclaim_id", "statement_id", "claim_id", "issue_id", "kennung",
        "nr",
    ),
    "verdict": (
        "rating", "textual_rating", "textualrating", "reviewrating_alternatename", "review_rating_alternate_name",
        "rating_name", "label", "veracity", "truthfulness", "bewertung", "urteil", "оценка", "вердикт", "оцінка",
        "werdykt", "ocena", "veredicto", "verdetto",
    ),
    "publisher": (
        "review_publisher", "publisher_name", "fact_checker", "factchecker", "review_author", "review_author_name",
        "organization", "organisation",
    ),
    "review_url": (
        "reviewurl", "review_link", "fact_check_url", "factcheck_url", "fact_check_link",
    ),
    "reviewed_at": (
        "review_date", "reviewdate", "review_published", "date_reviewed", "fact_check_date", "datepublished",
    ),
    "explanation": (
        "justification", "rating_explanation", "review_summary",
    ),
    "instances": (),
}  # fmt: skip
"""Names of each field in tables of ClaimReview and of Google's fact-check tools, CheckThat!, EUvsDisinfo, FakeNewsNet,
LIAR, MultiClaim, exports of X, Facebook and Telegram, and in spreadsheets in some languages; the likeliest first, and
the field's own name before all of them. `verdict` to `explanation`
are of the finding, `instances` are MultiClaim's moments and addresses of one post or fact-check."""

FINDING: Final[Mapping[str, str]] = {
    "verdict": "verdict",
    "publisher": "publisher",
    "review_url": "url",
    "reviewed_at": "published_at",
    "explanation": "summary",
}
"""Fields of a finding by the names above."""

_OWN: Final = FIELD_NAMES - {"said_at", "date", "external_id", "id", "language", "lang", "findings"}
_METADATA: Final = frozenset(("keywords", "summary"))
"""Metadata that the import format names."""
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_IN_BRACKETS: Final = re.compile(r"[(\[][^()\[\]]{0,100}[)\]]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a table: the fields that they hold, and those that were not understood."""

    fields: Mapping[str, int]
    """Places of columns by field; fields of metadata are not among them."""
    kept: Mapping[str, int]
    """Places of the other columns by their names: kept as metadata."""
    names: tuple[str, ...]

    @property
    def unrecognised(self) -> tuple[str, ...]:
        """Names of the columns that were not understood."""
        return tuple(name for name in self.kept if normalised(name) not in _METADATA)

    @property
    def shown(self) -> dict[str, str]:
        """Fields by the names of their columns."""
        return {self.names[place]: field for field, place in self.fields.items()}


def normalised(name: str) -> str:
    """Name of a column for comparison: small letters, one underscore for anything else."""
    return _NOT_A_LETTER.sub("_", name.casefold()).strip("_")


def understood(names: Iterable[str], asked: Mapping[str, str]) -> Columns:
    """The columns of a header; `asked`: columns by the field that somebody says they hold.

    Raises `Unreadable` where an asked column is not there.
    """
    shown = tuple(" ".join(name.split()) for name in names)
    places: dict[str, int] = {}
    for place, name in enumerate(shown):
        for form in (normalised(name), normalised(_IN_BRACKETS.sub("", name))):
            if form:
                places.setdefault(form, place)
    fields: dict[str, int] = {}
    for field, column in asked.items():
        found = places.get(normalised(column))
        if found is None:
            raise Unreadable(f"there is no column “{column[:60]}” for {field}")
        fields[field] = found
    taken = set(fields.values())
    wanted = [(field, (field, *more)) for field, more in NAMES.items()] + [(field, (field,)) for field in sorted(_OWN)]
    for field, candidates in wanted:
        if field in fields:
            continue
        for candidate in candidates:
            if candidate in places and places[candidate] not in taken:
                fields[field] = places[candidate]
                taken.add(places[candidate])
                break
    if "text" not in fields and {"title", "url"} <= fields.keys():  # lists of headlines, such as FakeNewsNet's
        fields["text"] = fields.pop("title")
    kept = {name: place for place, name in enumerate(shown) if name and place not in taken}
    return Columns(fields, kept, shown)


def known_fields() -> frozenset[str]:
    """Fields that a column may be said to hold."""
    return frozenset(NAMES) | _OWN | {"date", "id", "lang"}


def field_named(name: str) -> str:
    """The field that somebody names; `date` is `said_at`. Raises `Unreadable`."""
    name = name.strip()
    found = {"date": "said_at", "id": "external_id", "lang": "language"}.get(name, name)
    if found not in known_fields():
        raise Unreadable(f"“{name[:60]}” is no field: write one of {', '.join(sorted(known_fields()))}")
    return found


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """Columns by field, of pairs such as `date=Datum`. Raises `Unreadable`."""
    mapped: dict[str, str] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not column.strip():
            raise Unreadable("must be a field and its column, such as date=Datum")
        mapped[field_named(name)] = column.strip()
    return mapped

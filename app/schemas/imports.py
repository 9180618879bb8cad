"""Records of imported files: the fields of statements and narratives under the names that files give them.

A field has the same rules and the same errors here as in the API. What files are forgiven: a field that is null or
blank counts as absent, a number may stand for a text, and fields that are not ours are kept as metadata.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from app.domain.core.dates import moment_of
from app.domain.core.errors import InvalidInput
from app.domain.core.text import clean
from app.domain.statements.statements import (
    LONGEST_TEXT,
    Finding,
    NarrativeDraft,
    NarrativeLabel,
    Outcome,
    Source,
    StatementDraft,
)
from app.schemas.fields import Address, DateIn, Identifier, LanguageTag, Name, Prose, StatementText, Title

_DISPROOF: Final = "disproved"
_LONGEST_DISPROOF: Final = 10 * LONGEST_TEXT
MOST_ENTRIES: Final = 50
"""Scripts (`fakes`), narratives, findings of one line: as many as the API takes."""
MOST_KEYWORDS: Final = 100
MOST_METADATA_FIELDS: Final = 100
LONGEST_METADATA: Final = 50_000
"""Characters of a line's other fields together, written as JSON."""


def _as_text(value: Any) -> Any:
    """A whole number as its digits: identifiers and years are written so."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_digits = BeforeValidator(_as_text)
_Text = Annotated[StatementText, _digits]
_Name = Annotated[Name, _digits]
_Line = Annotated[Title, _digits]
_Prose = Annotated[Prose, _digits]
_Identifier = Annotated[Identifier, _digits]
_Language = Annotated[LanguageTag, _digits]
_Date = Annotated[DateIn, _digits]
_Address = Annotated[Address, _digits]
_LONGEST_SHOWN: Final = 60
_NAME: Final = TypeAdapter[str](_Name)


class _Record(BaseModel):
    """A mapping of a file, without the fields that are null or blank; required ones stay, to be refused as such."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, record: Any) -> Any:
        if not isinstance(record, Mapping):
            return record
        required = {name for name, field in cls.model_fields.items() if field.is_required()}
        return {name: value for name, value in record.items() if name in required or not _is_blank(value)}


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class SourceRecord(_Record):
    """Source of a statement: an outlet's name alone, or an object."""

    name: _Name | None = None
    url: _Address | None = None
    archive_url: _Address | None = None


def _source(value: Any, read: ValidatorFunctionWrapHandler) -> SourceRecord:
    if isinstance(value, Mapping):
        return read(value)  # type: ignore[no-any-return]
    return SourceRecord.model_construct(name=_NAME.validate_python(value))


def _each_once(names: list[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _names(value: Any, read: ValidatorFunctionWrapHandler) -> list[str | None]:
    """Names; a single one may stand without a list, and blank ones count for none."""
    if not isinstance(value, list):
        return [_NAME.validate_python(value)]
    names: list[str | None] = read([None if _is_blank(name) else name for name in value])
    return names


_Names = Annotated[list[_Name | None], Field(max_length=MOST_ENTRIES), WrapValidator(_names)]


class FindingRecord(_Record):
    """Finding of a fact-checker."""

    verdict: _Line
    publisher: _Line | None = None
    url: _Address | None = None
    published_at: _Date | None = None
    summary: _Prose | None = None
    learned_at: _Date | None = None
    outcome: Outcome | None = None
    outcome_url: _Address | None = None

    def drafted(self) -> Finding:
        return Finding(
            verdict=self.verdict,
            publisher=self.publisher,
            url=self.url,
            published_at=self.published_at,
            summary=self.summary,
            learned_at=moment_of(self.learned_at),
            outcome=self.outcome,
            outcome_url=self.outcome_url,
        )


class ImportRecord(_Record):
    """A statement as a line of JSON, a row of a table or a review of a fact-checker brings it."""

    text: _Text
    title: _Line | None = None
    language: _Language | None = Field(None, validation_alias=AliasChoices("language", "lang"))
    speaker: _Name | None = None
    said_at: _Date | None = Field(None, validation_alias=AliasChoices("said_at", "date"))
    said_before: _Date | None = None
    learned_at: _Date | None = None
    source: Annotated[SourceRecord, WrapValidator(_source)] = SourceRecord()
    url: _Address | None = None
    archive_url: _Address | None = None
    fakes: _Names = []
    narratives: _Names = []
    external_id: _Identifier | None = Field(None, validation_alias=AliasChoices("external_id", "id"))
    findings: list[FindingRecord] = Field([], max_length=MOST_ENTRIES)
    disproof: Annotated[str, AfterValidator(lambda raw: clean(raw, _LONGEST_DISPROOF)), _digits] | None = None

    def drafted(self, record: Mapping[str, Any]) -> StatementDraft:
        """The draft of a statement; what else there is in the `record` is its metadata.

        Raises `InvalidInput` for more metadata than a statement may have.
        """
        source = Source(
            name=self.source.name,
            url=self.source.url or self.url,
            archive_url=self.source.archive_url or self.archive_url,
        )
        findings = [finding.drafted() for finding in self.findings]
        if self.disproof:
            findings.append(Finding(verdict=_DISPROOF, url=source.url, summary=self.disproof))
        return StatementDraft(
            text=self.text,
            title=self.title,
            language=self.language,
            speaker=self.speaker,
            said_at=self.said_at,
            said_before=None if self.said_at else self.said_before,
            learned_at=moment_of(self.learned_at),
            source=source,
            narratives=self._labels(),
            external_id=self.external_id,
            findings=tuple(findings),
            metadata=_metadata(record),
        )

    def _labels(self) -> tuple[NarrativeLabel, ...]:
        """Labels of narratives; with scripts (`fakes`) the first is their parent, and the others stand beside them."""
        scripts, narratives = _each_once(self.fakes), _each_once(self.narratives)
        if not scripts:
            return tuple(NarrativeLabel(name) for name in narratives)
        parent = narratives[0] if narratives else None
        beside = [NarrativeLabel(name) for name in narratives[1:]]
        return tuple([NarrativeLabel(name, parent if name != parent else None) for name in scripts] + beside)


FIELD_NAMES: Final = frozenset({*ImportRecord.model_fields, "date", "lang", "id"})
"""Every name that a field of a record may have."""


def _metadata(record: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {name: value for name, value in record.items() if name not in FIELD_NAMES and value not in (None, "")}
    keywords = metadata.get("keywords")
    if isinstance(keywords, list) and len(keywords) > MOST_KEYWORDS:
        raise InvalidInput.at("/keywords", f"may have at most {MOST_KEYWORDS} entries")
    if len(metadata) > MOST_METADATA_FIELDS:
        raise InvalidInput.at(
            "", f"has {len(metadata):,} fields that are not ours: leave all but {MOST_METADATA_FIELDS} out"
        )
    if metadata and (length := len(json.dumps(metadata, ensure_ascii=False))) > LONGEST_METADATA:
        longest = max(metadata, key=lambda name: len(json.dumps(metadata[name], ensure_ascii=False)))
        shown = longest if len(longest) <= _LONGEST_SHOWN else f"{longest[:_LONGEST_SHOWN]}…"
        raise InvalidInput.at(
            "",
            f"has fields that are not ours of {length:,} characters, most in “{shown}”; "
            f"the limit is {LONGEST_METADATA:,}: leave some out",
        )
    return metadata


class NarrativeRecord(_Record):
    """A narrative as a line of `narratives.jsonl` brings it."""

    title: _Name
    external_id: _Identifier | None = Field(None, validation_alias=AliasChoices("external_id", "id"))
    description: _Prose | None = None
    parent: _Name | None = None
    findings: list[FindingRecord] = Field([], max_length=MOST_ENTRIES)

    def drafted(self) -> NarrativeDraft:
        return NarrativeDraft(
            title=self.title,
            external_id=self.external_id,
            description=self.description,
            parent=self.parent,
            findings=tuple(finding.drafted() for finding in self.findings),
        )

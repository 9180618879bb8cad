"""Glosses of foreign texts: written by readers, or asked of a translation provider."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor, text_hash
from app.domain.core.errors import Conflict, NotFound
from app.domain.glosses.glosses import Gloss, GlossSubject, SubjectText
from app.services.glosses.ports import Translate
from app.services.ports import Clock, Store, Transaction


@dataclass(frozen=True, slots=True)
class WriteGlosses:
    """Writes, removes and finds an organisation's glosses. `translate`: the provider; None where none is set."""

    store: Store
    clock: Clock
    translate_text: Translate | None = None

    @property
    def can_translate(self) -> bool:
        """True if a translation provider is set."""
        return self.translate_text is not None

    def write(self, organisation: Organisation, by: Actor, subject: GlossSubject, text: str, language: str) -> Gloss:
        """Adds a gloss in somebody's own words, or replaces the one that they wrote before. Raises `NotFound`."""
        with self.store.writing() as tx:
            of = _subject(tx, organisation, subject)
            own = next((one for one in _of(tx, organisation, subject) if one.by.id == by.id and not one.provider), None)
            gloss = Gloss(
                own.id if own else str(uuid4()), subject, text, language, by, self.clock(), text_hash(of.text)
            )
            tx.glosses.put(organisation, of.key, gloss)
            tx.audit.add("gloss.written", subject.kind, subject.id, gloss=gloss.id)
        return gloss

    def remove(self, organisation: Organisation, by: Actor, gloss_id: str, *, others: bool = False) -> Gloss:
        """Removes a gloss: one's own, a translation by machine, or with `others` anybody's of the organisation.

        Raises `NotFound`, and `Conflict` for somebody else's.
        """
        with self.store.writing() as tx:
            gloss = tx.glosses.by_id(organisation, gloss_id)
            if gloss is None:
                raise NotFound("your organisation has no gloss with this id")
            if gloss.by.id != by.id and not gloss.provider and not others:
                raise Conflict("somebody else wrote this gloss: they or an admin of your organisation remove it")
            tx.glosses.remove(organisation, gloss_id)
            tx.audit.add("gloss.removed", gloss.subject.kind, gloss.subject.id, gloss=gloss_id)
        return gloss

    def translate(self, organisation: Organisation, by: Actor, subject: GlossSubject, target: str) -> Gloss:
        """The machine translation of a text, kept with it: the provider is asked once a wording and a language.

        Raises `NotFound`, `Conflict` where no provider is set, and `TranslationFailed`.
        """
        if self.translate_text is None:
            raise Conflict("no translation provider is set up: whoever runs the service can name one")
        with self.store.reading() as tx:
            of = _subject(tx, organisation, subject)
            known = _of(tx, organisation, subject)
        hashed = text_hash(of.text)
        machine = next((one for one in known if one.provider and one.language == target), None)
        if machine and machine.text_hash == hashed:
            return machine
        answer = self.translate_text(of.text, of.language, target)
        gloss = Gloss(
            machine.id if machine else str(uuid4()), subject, answer.text, target, by, self.clock(), hashed,
            answer.provider,
        )  # fmt: skip
        with self.store.writing() as tx:
            tx.glosses.put(organisation, _subject(tx, organisation, subject).key, gloss)
            tx.audit.add("gloss.translated", subject.kind, subject.id, gloss=gloss.id)
        return gloss

    def find(
        self, organisation: Organisation, statement_ids: Sequence[str] = (), check_ids: Sequence[str] = ()
    ) -> Mapping[str, list[Gloss]]:
        """Glosses of statements and of checked texts, by the id of what they are of; the oldest first."""
        with self.store.reading() as tx:
            found = tx.glosses.find(organisation, statement_ids, check_ids)
        by_subject: dict[str, list[Gloss]] = defaultdict(list)
        for gloss in found:
            by_subject[gloss.subject.id].append(gloss)
        return dict(by_subject)


def _subject(tx: Transaction, organisation: Organisation, subject: GlossSubject) -> SubjectText:
    found = tx.glosses.subject(organisation, subject)
    if found is None:
        raise NotFound(f"there is no {subject.kind} with this id that you could see")
    return found


def _of(tx: Transaction, organisation: Organisation, subject: GlossSubject) -> list[Gloss]:
    statements, checks = ([subject.id], []) if subject.kind == "statement" else ([], [subject.id])
    return [one for one in tx.glosses.find(organisation, statements, checks) if one.subject == subject]

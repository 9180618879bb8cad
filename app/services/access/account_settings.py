"""Settings of an account that its own reader changes: the language of the pages, and the tour of the desk."""

from dataclasses import dataclass

from app.domain.access.accounts import Account
from app.domain.audit.entries import ActorKind
from app.domain.core.errors import InvalidInput
from app.domain.core.messages import MessageCatalogs
from app.services.audit.origin import current_origin
from app.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """Changes the settings of one account."""

    store: Store
    texts: MessageCatalogs
    clock: Clock

    def choose_language(self, account: Account | None, language: str | None) -> str | None:
        """The language, checked, and stored where there is an account; None: as the browser asks.

        Raises `InvalidInput` where there are no texts in it.
        """
        if language is not None and language not in self.texts.languages:
            known = ", ".join(self.texts.languages)
            raise InvalidInput.at("/language", f"is none that there are texts in, which are: {known}")
        if account is not None and account.language != language:
            with self.store.writing() as tx:
                tx.accounts.choose_language(account.id, language)
                current_origin().identify(ActorKind.ACCOUNT, account.id, account.organisation.id)
                tx.audit.add("account.language_chosen", "account", account.id, language=language or "")
        return language

    def close_tour(self, account: Account) -> None:
        """The tour is no longer offered to this account by itself."""
        if not account.tour_closed:
            with self.store.writing() as tx:
                tx.accounts.close_tour(account.id, self.clock())

"""Organisations with their numbers, quotas in use, and jobs, for admins."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.keys import Caller, Key, Organisation
from app.domain.access.rate_limits import RateLimitStatus
from app.domain.jobs.jobs import Job, JobKind
from app.services.access.rate_limits import RateLimit
from app.services.administration.ports import OrganisationSize
from app.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """Organisation with its numbers."""

    organisation: Organisation
    size: OrganisationSize


@dataclass(frozen=True, slots=True)
class KeyQuota:
    """Quota of a key as it is now; None where it has none."""

    key: Key
    status: RateLimitStatus | None


@dataclass(frozen=True, slots=True)
class QuotasInUse:
    """Quotas of an organisation and of its valid keys, as they are now."""

    organisation: RateLimitStatus | None
    keys: Sequence[KeyQuota]


@dataclass(frozen=True, slots=True)
class ReadAdministration:
    """Reads what the administration pages show. An organisation sees itself; the operator's sees all organisations,
    by their numbers alone."""

    store: Store
    clock: Clock
    rate_limit: RateLimit

    def organisations(self, by: Caller) -> list[ListedOrganisation]:
        """Organisations that `by` may see, the oldest first."""
        own = by.organisation
        with self.store.reading() as tx:
            found = tx.access.organisations() if own.operator else [own]
            sizes = tx.administration.sizes(None if own.operator else own)
        return [ListedOrganisation(one, sizes.get(one.key, OrganisationSize())) for one in found]

    def quotas(self, organisation: Organisation) -> QuotasInUse:
        """Quotas of an organisation and its keys; reading them takes nothing from them."""
        now = self.clock()
        with self.store.reading() as tx:
            keys = [key for key in tx.access.keys(organisation) if key.valid_at(now)]
        by_subject = {status.quota.subject: status for status in self.rate_limit.in_use(organisation, keys)}
        return QuotasInUse(
            by_subject.get(f"organisation:{organisation.id}"),
            [KeyQuota(key, by_subject.get(f"key:{key.id}")) for key in keys],
        )

    def jobs(self, organisation: Organisation, limit: int) -> list[Job]:
        """The latest jobs of all kinds, at most so many of each, the newest first."""
        with self.store.reading() as tx:
            found = [job for kind in JobKind for job in tx.jobs.find(organisation, kind, None, limit)]
        return sorted(found, key=lambda job: job.key, reverse=True)

"""Opens what the commands of administration use: the database alone, imported when a command runs.

`reads`: the command changes nothing, so that it says where it made a new, empty archive.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.cli.opening import noting_new

if TYPE_CHECKING:
    from app.services.access.manage_accounts import ManageAccounts
    from app.services.access.manage_keys import ManageKeys
    from app.services.access.manage_organisations import ManageOrganisations
    from app.services.access.second_factor import ResetSecondFactor
    from app.services.access.withdraw_contributions import WithdrawContributions
    from app.services.audit.browse_audit import BrowseAudit
    from app.services.audit.erase import Erase
    from app.settings import Settings

Managed = TypeVar("Managed")


def open_keys(*, reads: bool = False) -> ManageKeys:
    """Key management over the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_keys, reads)


def open_organisations(*, reads: bool = False) -> ManageOrganisations:
    """Organisation management over the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_organisations, reads)


def open_accounts(*, reads: bool = False) -> ManageAccounts:
    """Account management over the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_accounts, reads)


def open_withdrawals() -> WithdrawContributions:
    """Withdrawal of contributions over the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_withdrawals, reads=False)


def open_second_factor_reset() -> ResetSecondFactor:
    """Removal of lost second factors over the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_second_factor_reset, reads=False)


def open_audit() -> BrowseAudit:
    """The audit log of the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_audit, reads=True)


def open_erase() -> Erase:
    """Erasure in the database that the settings name."""
    from app import admin_wiring

    return _opened(admin_wiring.open_erase, reads=False)


def _opened(open_: Callable[[Settings], Managed], reads: bool) -> Managed:
    from app.settings import load_settings

    settings = load_settings()
    if not reads:
        return open_(settings)
    with noting_new(settings):
        return open_(settings)

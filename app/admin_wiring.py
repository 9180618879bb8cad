"""Settings to the use cases of administration: the database alone, no model and no index, hence a quick start."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.access.last_uses import LastUses
from app.services.access.manage_accounts import ManageAccounts
from app.services.access.manage_keys import ManageKeys
from app.services.access.manage_organisations import ManageOrganisations
from app.services.access.second_factor import ResetSecondFactor
from app.services.access.withdraw_contributions import WithdrawContributions
from app.services.audit.browse_audit import BrowseAudit
from app.services.audit.erase import Erase
from app.settings import Settings
from app.store.access.password_hashing import Argon2Passwords
from app.store.backup import backup, restore
from app.store.backup.copying import Progress
from app.store.backup.manifest import Manifest
from app.store.database import open_database, open_migrated
from app.store.transaction import SqlStore
from index.private_files import narrow

if TYPE_CHECKING:
    from app.services.exports.export_records import ExportRecords


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def protect_data_folder(settings: Settings) -> None:
    """Narrows the data folder, where there is one, and the index snapshots in it to the user who runs this."""
    narrow([settings.data_dir, *settings.data_dir.glob("index*")])


def open_store(settings: Settings) -> SqlStore:
    """The database with its schema up to date, without anybody to signal. Raises `DatabaseUnusable`."""
    protect_data_folder(settings)
    return SqlStore(open_migrated(settings.resolved_database_url))


def take_backup(settings: Settings, folder: Path, progress: Progress) -> Manifest:
    """Writes a backup of the archive into a new folder, and migrates nothing."""
    engine = open_database(settings.resolved_database_url)
    try:
        return backup.take_backup(engine, folder, now(), progress)
    finally:
        engine.dispose()


def restore_backup(settings: Settings, folder: Path, progress: Progress, *, replace: bool) -> Manifest:
    """Puts a backup in the archive's place. The index is made anew at the next start."""
    protect_data_folder(settings)
    manifest = restore.restore_backup(folder, settings.resolved_database_url, replace=replace, progress=progress)
    for snapshot in settings.data_dir.glob(f"{settings.snapshot_path.stem}*"):
        snapshot.unlink()
    return manifest


def open_keys(settings: Settings) -> ManageKeys:
    """Builds key management alone, for the command line: no model, no index."""
    store = open_store(settings)
    return ManageKeys(store, now, LastUses(store))


def open_organisations(settings: Settings) -> ManageOrganisations:
    """Builds organisation management alone, for the command line."""
    return ManageOrganisations(open_store(settings), now)


def open_withdrawals(settings: Settings) -> WithdrawContributions:
    """Builds the withdrawal of contributions alone, for the command line."""
    return WithdrawContributions(open_store(settings), now)


def open_accounts(settings: Settings) -> ManageAccounts:
    """Builds account management alone, for the command line."""
    return ManageAccounts(open_store(settings), Argon2Passwords(), now)


def open_audit(settings: Settings) -> BrowseAudit:
    """Builds the reading of the audit log alone, for the command line."""
    return BrowseAudit(open_store(settings))


def open_erase(settings: Settings) -> Erase:
    """Builds erasure alone, for the command line: the snapshots of the index are deleted, and made anew by a start."""

    def forget_texts() -> None:
        for path in (settings.snapshot_path, settings.snapshot_path.with_suffix(".terms")):
            path.unlink(missing_ok=True)

    return Erase(open_store(settings), now, forget_texts, thoroughly=True)


def open_second_factor_reset(settings: Settings) -> ResetSecondFactor:
    """Builds the removal of lost second factors alone, for the command line."""
    return ResetSecondFactor(open_store(settings), now)


def open_exports(settings: Settings) -> "tuple[ExportRecords, ManageOrganisations]":
    """Builds exports, and the organisations whose view they may take, for the command line."""
    from app.formats.writing.writers import WRITERS
    from app.services.exports.export_records import ExportRecords

    store = open_store(settings)
    return ExportRecords(store, WRITERS), ManageOrganisations(store, now)

"""Use cases of the program, one in a file, and the container of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.checks.pair_scoring import Scoring
    from app.domain.core.messages import MessageCatalogs
    from app.services.access.account_settings import AccountSettings
    from app.services.access.idempotency import Idempotency
    from app.services.access.last_uses import LastUses
    from app.services.access.manage_accounts import ManageAccounts
    from app.services.access.manage_keys import ManageKeys
    from app.services.access.manage_organisations import ManageOrganisations
    from app.services.access.rate_limits import RateLimit
    from app.services.access.second_factor import ManageSecondFactor, ResetSecondFactor
    from app.services.access.sign_in import SignIn
    from app.services.access.single_sign_on import SingleSignOn
    from app.services.access.withdraw_contributions import WithdrawContributions
    from app.services.administration.read_administration import ReadAdministration
    from app.services.administration.thresholds import ReadThresholds
    from app.services.audit.browse_audit import BrowseAudit
    from app.services.audit.erase import Erase
    from app.services.audit.view_log import ViewLog
    from app.services.checks.browse_checks import BrowseChecks
    from app.services.checks.check_statements import CheckStatements
    from app.services.checks.related_statements import RelatedStatements
    from app.services.desk.annotate_flag import AnnotateFlag
    from app.services.desk.assign_many import AssignMany
    from app.services.desk.browse_flags import BrowseFlags
    from app.services.desk.edit_counter_examples import EditCounterExamples
    from app.services.desk.review_many import ReviewMany
    from app.services.desk.review_match import ReviewMatch
    from app.services.desk.save_flag_views import SaveFlagViews
    from app.services.desk.view_messages import ViewMessages
    from app.services.documents.check_document import CheckDocument
    from app.services.exports.export_records import ExportRecords
    from app.services.feeds.manage_feeds import ManageFeeds
    from app.services.feeds.read_feed import ReadFeed
    from app.services.glosses.write_glosses import WriteGlosses
    from app.services.health.encoder_guard import GuardedEncoder
    from app.services.jobs.accept_file import AcceptFile
    from app.services.jobs.accept_upload import AcceptUpload
    from app.services.jobs.archive_runs import ArchiveRuns
    from app.services.jobs.ports import Background
    from app.services.jobs.preview_file import PreviewFile
    from app.services.jobs.run_jobs import RunJobs
    from app.services.map.browse_map import BrowseMap
    from app.services.narratives.browse_narratives import BrowseNarratives
    from app.services.narratives.edit_narrative import EditFinding, EditNarrative
    from app.services.narratives.follow_narratives import FollowNarratives
    from app.services.narratives.judge_warnings import JudgeWarnings
    from app.services.narratives.reorganise_narratives import ReorganiseNarratives
    from app.services.narratives.tag_narratives import TagNarratives
    from app.services.narratives.timeline import NarrativeTimeline
    from app.services.narratives.watch_narratives import WatchNarratives
    from app.services.observability.read_figures import ReadFigures
    from app.services.overview.read_overview import ReadOverview
    from app.services.ports import Languages, Store
    from app.services.predictions.settle_predictions import SettlePredictions
    from app.services.search.index_sync import IndexSync
    from app.services.search.ports import ChosenIndex
    from app.services.search.search_statements import SearchStatements
    from app.services.sources.edit_sources import EditSources
    from app.services.sources.read_source import ReadSource
    from app.services.speakers.browse_speakers import BrowseSpeakers, MergeSpeakers
    from app.services.statements.edit_statement import EditStatement
    from app.services.statements.history import StatementHistory
    from app.services.statements.import_statements import ImportStatements
    from app.services.statements.propose_changes import ProposeChanges
    from app.services.statements.record_statements import RecordStatements
    from app.services.statements.undo_import import UndoImport
    from app.services.suggestions.decide_suggestion import DecideSuggestion
    from app.services.webhooks.deliver_events import DeliverEvents
    from app.services.webhooks.edit_webhooks import EditWebhooks


@dataclass(frozen=True, slots=True)
class Services:
    """Container of every use case, built by `app/wiring.py`."""

    store: Store
    encoder: GuardedEncoder
    last_uses: LastUses
    languages: Languages
    texts: MessageCatalogs
    policy: Scoring
    archive: IndexSync
    index_number: int
    """Number of the choice of index in force when these were built."""
    chosen_index: ChosenIndex
    """The index of `archive`."""
    check_statements: CheckStatements
    browse_checks: BrowseChecks
    check_document: CheckDocument
    record_statements: RecordStatements
    import_statements: ImportStatements
    export_records: ExportRecords
    manage_feeds: ManageFeeds
    read_feed: ReadFeed
    undo_import: UndoImport
    search_statements: SearchStatements
    related_statements: RelatedStatements
    browse_narratives: BrowseNarratives
    edit_statement: EditStatement
    edit_narrative: EditNarrative
    reorganise_narratives: ReorganiseNarratives
    follow_narratives: FollowNarratives
    tag_narratives: TagNarratives
    watch_narratives: WatchNarratives
    judge_warnings: JudgeWarnings
    browse_speakers: BrowseSpeakers
    merge_speakers: MergeSpeakers
    narrative_timeline: NarrativeTimeline
    statement_history: StatementHistory
    edit_finding: EditFinding
    propose_changes: ProposeChanges
    edit_counter_examples: EditCounterExamples
    browse_flags: BrowseFlags
    review_match: ReviewMatch
    review_many: ReviewMany
    annotate_flag: AnnotateFlag
    assign_many: AssignMany
    write_glosses: WriteGlosses
    save_flag_views: SaveFlagViews
    view_messages: ViewMessages
    manage_keys: ManageKeys
    manage_organisations: ManageOrganisations
    withdraw_contributions: WithdrawContributions
    manage_accounts: ManageAccounts
    account_settings: AccountSettings
    sign_in: SignIn
    single_sign_on: SingleSignOn
    second_factor: ManageSecondFactor
    reset_second_factor: ResetSecondFactor
    audit: BrowseAudit
    view_log: ViewLog
    erase: Erase
    rate_limit: RateLimit
    idempotency: Idempotency
    accept_file: AcceptFile
    accept_upload: AcceptUpload
    preview_file: PreviewFile
    run_jobs: RunJobs
    edit_webhooks: EditWebhooks
    deliver_events: DeliverEvents
    edit_sources: EditSources
    read_source: ReadSource
    archive_runs: ArchiveRuns
    decide_suggestion: DecideSuggestion
    browse_map: BrowseMap
    map_method: str
    """Layout of the map in use: `umap`, or `pca` where that is not installed."""
    background: Background
    read_figures: ReadFigures
    read_overview: ReadOverview
    read_administration: ReadAdministration
    read_thresholds: ReadThresholds
    settle_predictions: SettlePredictions

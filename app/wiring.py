"""Dependency injection: settings to services. Implementations are picked here and in the files beside it alone."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from app.admin_wiring import now, protect_data_folder
from app.background_wiring import build_background, build_runs
from app.domain.access.single_sign_on import RoleMapping
from app.domain.checks.pair_scoring import Scoring, pair_scoring
from app.domain.checks.scoring import ScoringModel
from app.domain.jobs.jobs import JobKind
from app.domain.predictions.predictions import Horizon
from app.formats.check_lines import read_check
from app.formats.html_page import read_page
from app.formats.jsonl import read_line
from app.formats.lines import Unreadable
from app.formats.pair_cut_offs import PairCutOffs, read_pair_cut_offs
from app.formats.scoring_file import FittedModel, scoring_model_for
from app.formats.uploaded_files import UploadedFiles
from app.formats.writing.writers import WRITERS
from app.index_wiring import index_in_force, index_name, open_archive
from app.language.stance.classifier import shipped_classifier
from app.schemas.flag_query import FlagQuery
from app.schemas.proposals import narrative_changes, statement_changes
from app.services import Services
from app.services.access.account_settings import AccountSettings
from app.services.access.idempotency import Idempotency
from app.services.access.last_uses import LastUses
from app.services.access.manage_accounts import ManageAccounts
from app.services.access.manage_keys import ManageKeys
from app.services.access.manage_organisations import ManageOrganisations
from app.services.access.rate_limits import RateLimit
from app.services.access.second_factor import CheckCode, ManageSecondFactor, ResetSecondFactor
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
from app.services.checks.find_candidates import FindCandidates
from app.services.checks.precedent_stances import PrecedentStances
from app.services.checks.related_statements import RelatedStatements
from app.services.checks.score_pairs import ScorePairs
from app.services.desk.annotate_flag import AnnotateFlag
from app.services.desk.apply_review import ApplyReview
from app.services.desk.assign_many import AssignMany
from app.services.desk.browse_flags import BrowseFlags
from app.services.desk.edit_counter_examples import EditCounterExamples
from app.services.desk.ports import FlagFilter
from app.services.desk.review_many import ReviewMany
from app.services.desk.review_match import ReviewMatch
from app.services.desk.save_flag_views import SaveFlagViews
from app.services.desk.view_messages import ViewMessages
from app.services.documents.check_document import CheckDocument
from app.services.explanations.explain_matches import ExplainMatches
from app.services.explanations.extract_role_spans import ExtractRoleSpans
from app.services.exports.export_records import ExportRecords
from app.services.feeds.manage_feeds import ManageFeeds
from app.services.feeds.read_feed import ReadFeed
from app.services.glosses.write_glosses import WriteGlosses
from app.services.health.encoder_guard import GuardedEncoder
from app.services.health.process_reports import ProcessReports
from app.services.jobs.accept_file import AcceptFile
from app.services.jobs.accept_upload import AcceptUpload
from app.services.jobs.job_parts import BulkCheckPart, ImportPart
from app.services.jobs.preview_file import PreviewFile
from app.services.jobs.run_jobs import PartProcessor
from app.services.map.browse_map import BrowseMap
from app.services.narratives.browse_narratives import BrowseNarratives
from app.services.narratives.edit_narrative import EditFinding, EditNarrative
from app.services.narratives.follow_narratives import FollowNarratives
from app.services.narratives.judge_warnings import JudgeWarnings
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.narratives.reorganise_narratives import ReorganiseNarratives
from app.services.narratives.tag_narratives import TagNarratives
from app.services.narratives.timeline import NarrativeTimeline
from app.services.observability.observed_encoder import ObservedEncoder
from app.services.observability.read_figures import ReadFigures
from app.services.overview.read_overview import ReadOverview
from app.services.predictions.settle_predictions import SettlePredictions
from app.services.search.ports import ChosenIndex
from app.services.search.search_statements import SearchStatements
from app.services.sources.edit_sources import EditSources
from app.services.speakers.browse_speakers import BrowseSpeakers, MergeSpeakers
from app.services.stance.classify_stance import ClassifyStance
from app.services.stance.encode_statements import EncodeStatements
from app.services.stance.statement_stances import StatementStances
from app.services.statements.edit_statement import EditStatement
from app.services.statements.history import StatementHistory
from app.services.statements.import_statements import ImportStatements
from app.services.statements.likely_languages import LikelyLanguages
from app.services.statements.propose_changes import ProposeChanges
from app.services.statements.record_statements import RecordStatements
from app.services.statements.undo_import import UndoImport
from app.services.suggestions.decide_suggestion import DecideSuggestion
from app.services.webhooks.edit_webhooks import EditWebhooks
from app.settings import Settings
from app.store.access.one_time_codes import SecretBox, TotpCodes
from app.store.access.password_hashing import NO_PASSWORD, Argon2Passwords
from app.store.access.rate_limits import open_limits
from app.store.database import open_migrated
from app.store.observability.database_errors import observe_errors
from app.store.search.index_connections import index_connections
from app.store.search.index_turns import index_turns
from app.store.transaction import SqlStore, queue_address
from app.texts.fluent import FluentCatalogs
from app.worker.oidc_provider import OidcProvider
from app.worker.queue import Queue
from app.worker.translation import TranslationProvider
from index.alignment.weights import shipped_weights
from index.contract import Embedder, TextEncoder
from index.factory import is_shared, open_embedder
from index.layout import positions
from index.pairs.probability import shipped_pair_model
from index.processor_slots import ProcessorSlots, processors
from index.search.projection import Projection
from index.text.encoder import DefaultTextEncoder
from index.text.encoding_cache import CachingEncoder
from index.text.language_detection import OfflineLanguages
from index.text.sentences import sentence_spans

PAIRS: Final = "pairs"
"""The value of `REFRAIN_POLICY` that scores candidates with the pair model, as an empty one does."""

RANKING: Final = "ranking"
"""The value of `REFRAIN_POLICY` that scores the whole ranking with the fitted model that ships for the embedder."""

SAMPLE = Path(__file__).resolve().parents[1] / "sample"


def build(
    settings: Settings,
    embedder: Embedder | None = None,
    encoder: TextEncoder | None = None,
    fitted: FittedModel | None = None,
    clock: Callable[[], datetime] = now,
    *,
    as_set: bool = False,
    reports: ProcessReports | None = None,
) -> Services:
    """Builds every use case over the implementations that the settings name.

    Which engine and which embedder, says the index that `refrain reindex --to` has put in force, where it has; with
    `as_set` the settings say that as well. `reports`: of processes that serve together; None: of this one alone.

    Raises `DatabaseUnusable`, `ModelUnusable`, `UnknownEngine` and `EngineUnusable`. The archive's index is empty until
    somebody calls `archive.open()` and `archive.backfill()`.
    """
    protect_data_folder(settings)
    engine = open_migrated(settings.resolved_database_url)
    number, chosen = index_in_force(SqlStore(engine))
    if chosen and not as_set:
        settings = settings.model_copy(update={"index_url": chosen.index_url, "embedder": chosen.embedder})
    observe_errors(engine)
    queue, limits = Queue(queue_address(engine)), open_limits(engine)

    shared = is_shared(settings.index_url)
    connections = index_connections(engine) if shared else None
    turns = index_turns(engine, connections) if shared else None

    def close_with_store() -> None:
        queue.close()
        limits.close()
        if connections:
            connections.close()

    store = SqlStore(engine, clock, queue.send_signal, close_with_store)
    named = settings.policy in ("", PAIRS, RANKING, "dense")
    cut_offs = None if named else read_pair_cut_offs(Path(settings.policy))
    by_pairs = fitted is None and (settings.policy in ("", PAIRS) or cut_offs is not None)
    guard = GuardedEncoder(
        ObservedEncoder(
            encoder
            or DefaultTextEncoder(embedder or open_embedder(settings.embedder, settings.model_dir), pairs=by_pairs)
        )
    )
    # Around the guard: what is remembered says nothing about whether the model works.
    encoder = guard if encoder else CachingEncoder(guard)
    retrieval, projection = fitted or scoring_model_for(
        encoder.name, "" if by_pairs or settings.policy == RANKING else settings.policy
    )
    policy, score_pairs = _scoring(encoder, retrieval, by_pairs=by_pairs, chosen=cut_offs)
    classify_stance = ClassifyStance(shipped_classifier(encoder.name))
    stances = StatementStances(encoder.fingerprint, classify_stance)
    encode = EncodeStatements(encoder, classify_stance)
    of = projection or Projection.identity(encoder.dimension)
    archive = open_archive(settings, store, encoder, classify_stance, of, connections, turns)
    languages = OfflineLanguages()
    likely = LikelyLanguages(store, languages)
    texts = FluentCatalogs()
    record = RecordStatements(store, encode, archive, languages, clock)
    narratives = EditNarrative(store, clock)
    find_candidates = FindCandidates(archive.index, retrieval, score_pairs)
    if score_pairs:
        archive.index.when_changed(score_pairs.cache.forget)
    weights = shipped_weights(encoder.name)
    narrative_cache = NarrativeCache()
    horizon = Horizon(settings.prediction_horizon_days)
    narrative_timeline = NarrativeTimeline(
        store, ExtractRoleSpans(encoder, weights), narrative_cache, stances, clock, horizon
    )
    explain = ExplainMatches(encoder, weights)
    precedent_stances = PrecedentStances(encoder, stances, classify_stance, score_pairs)
    slots = ProcessorSlots(settings.processors or processors())
    check = CheckStatements(
        store, encoder, archive, find_candidates, classify_stance, precedent_stances, likely, policy, clock, texts,
        narrative_timeline, explain, slots,
    )  # fmt: skip
    jobs: dict[JobKind, PartProcessor] = {
        JobKind.IMPORT: ImportPart(record, narratives, read_line),
        JobKind.BULK_CHECK: BulkCheckPart(check, read_check),
    }
    edit_statement = EditStatement(store, encode, archive, clock)
    edit_finding = EditFinding(store, clock)
    passwords, last_uses = Argon2Passwords(), LastUses(store)
    check_code = CheckCode(TotpCodes(), SecretBox(settings.listed_secret_keys), clock)
    sign_in = SignIn(store, passwords, clock, last_uses, check_code.accepts)
    check_document = CheckDocument(store, check, likely, read_page, sentence_spans, clock)
    manage_keys = ManageKeys(store, clock, last_uses, settings.key_limit_per_hour)

    def filter_of_view(query: str, me: str) -> FlagFilter:
        return FlagQuery.of_view(query).read(languages, me).filters

    view_messages = ViewMessages(store, clock, filter_of_view)
    browse_flags = BrowseFlags(store)
    rate_limit = RateLimit(limits, clock, settings.key_limit_per_hour, settings.organisation_limit_per_hour)
    review_match = ReviewMatch(store, encode, archive, stances, ApplyReview(encode, record, clock), clock)
    runs = build_runs(store, clock, encoder, archive, find_candidates, explain, policy, slots)
    background = build_background(settings, store, queue, clock, texts, view_messages, check_document, jobs, runs)
    return Services(
        store=store,
        encoder=guard,
        last_uses=last_uses,
        languages=languages,
        texts=texts,
        policy=policy,
        archive=archive,
        index_number=number,
        chosen_index=ChosenIndex(
            settings.index_url,
            settings.embedder,
            index_name(settings.index_url, store, encoder, of),
            encoder.fingerprint,
            of.dimension,
        ),
        check_statements=check,
        browse_checks=BrowseChecks(store),
        check_document=check_document,
        record_statements=record,
        export_records=ExportRecords(store, WRITERS),
        manage_feeds=ManageFeeds(store, clock),
        read_feed=ReadFeed(store, clock, limits, filter_of_view),
        import_statements=ImportStatements(record, narratives, archive, store, clock),
        undo_import=UndoImport(store, clock, archive),
        search_statements=SearchStatements(store, encoder, archive, likely),
        related_statements=RelatedStatements(store, encoder, archive, find_candidates, explain, stances, policy, clock),
        browse_narratives=BrowseNarratives(store, narrative_cache, narrative_timeline, clock),
        edit_statement=edit_statement,
        edit_narrative=narratives,
        follow_narratives=FollowNarratives(store, clock),
        tag_narratives=TagNarratives(store),
        watch_narratives=background.watch_narratives,
        judge_warnings=JudgeWarnings(store, clock),
        browse_speakers=BrowseSpeakers(store, clock),
        merge_speakers=MergeSpeakers(store, clock),
        reorganise_narratives=ReorganiseNarratives(store, narrative_cache, archive, clock),
        narrative_timeline=narrative_timeline,
        statement_history=StatementHistory(store),
        edit_finding=edit_finding,
        propose_changes=ProposeChanges(
            store, clock, edit_statement, narratives, edit_finding, statement_changes, narrative_changes
        ),
        edit_counter_examples=EditCounterExamples(store, encoder, archive, languages, clock),
        browse_flags=browse_flags,
        review_match=review_match,
        review_many=ReviewMany(store, browse_flags, review_match),
        annotate_flag=AnnotateFlag(store, clock),
        assign_many=AssignMany(store, clock),
        write_glosses=WriteGlosses(store, clock, _translation(settings)),
        save_flag_views=SaveFlagViews(store, clock),
        view_messages=view_messages,
        manage_keys=manage_keys,
        manage_organisations=ManageOrganisations(store, clock, manage_keys.forget_seen),
        withdraw_contributions=WithdrawContributions(store, clock),
        manage_accounts=ManageAccounts(store, passwords, clock),
        account_settings=AccountSettings(store, texts, clock),
        sign_in=sign_in,
        single_sign_on=_single_sign_on(settings, store, clock),
        second_factor=ManageSecondFactor(store, sign_in, check_code, clock),
        reset_second_factor=ResetSecondFactor(store, clock),
        audit=BrowseAudit(store),
        view_log=ViewLog(store, clock),
        erase=Erase(store, clock, archive.forget_erased),
        rate_limit=rate_limit,
        idempotency=Idempotency(store, clock),
        accept_file=AcceptFile(UploadedFiles()),
        accept_upload=AcceptUpload(store, clock, settings.upload_lines),
        preview_file=PreviewFile(UploadedFiles(), record, read_line),
        run_jobs=background.run_jobs,
        edit_webhooks=EditWebhooks(store, clock, background.sender.check),
        deliver_events=background.deliver_events,
        edit_sources=EditSources(store, clock, background.fetch.check),
        read_source=background.read_source,
        archive_runs=background.archive_runs,
        decide_suggestion=DecideSuggestion(store, archive, clock),
        browse_map=BrowseMap(store),
        map_method=positions.method(),
        background=background.worker,
        read_figures=ReadFigures(
            store,
            archive,
            clock,
            settings.data_dir,
            {"version": version("refrain"), "embedder": encoder.name, "policy": policy.version},
            reports or ProcessReports(),
        ),
        read_overview=ReadOverview(store, clock, horizon),
        read_administration=ReadAdministration(store, clock, rate_limit),
        read_thresholds=ReadThresholds(store, policy.flag_at),
        settle_predictions=SettlePredictions(store, clock, edit_finding, horizon),
    )


def _translation(settings: Settings) -> TranslationProvider | None:
    if not settings.translation_url:
        return None
    secret = settings.translation_secret.get_secret_value()
    return TranslationProvider(settings.translation_url, secret, settings.listed_translation_hosts)


def _single_sign_on(settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> SingleSignOn:
    roles = RoleMapping(settings.oidc_role_claim, settings.oidc_admin_group, settings.oidc_analyst_group)
    provider = None
    if settings.oidc_issuer:
        secret = settings.oidc_client_secret.get_secret_value()
        hosts = settings.listed_oidc_hosts
        provider = OidcProvider(settings.oidc_issuer, settings.oidc_client_id, secret, hosts, clock)
    return SingleSignOn(store, clock, provider, settings.oidc_organisation, roles, NO_PASSWORD)


def _scoring(
    encoder: TextEncoder, retrieval: ScoringModel, *, by_pairs: bool, chosen: PairCutOffs | None
) -> tuple[Scoring, ScorePairs | None]:
    """Scoring by pairs where that is wanted and a model of pairs is shipped for the embedder; else by `retrieval`.

    Raises `Unreadable` where the cut-offs `chosen` are of another model.
    """
    model = shipped_pair_model(encoder.name) if by_pairs and encoder.pair_states_version else None
    if chosen and (model is None or (chosen.pair_model, chosen.embedder) != (model.version, model.embedder)):
        raise Unreadable(
            f"REFRAIN_POLICY holds cut-offs of the pair model {chosen.pair_model} for {chosen.embedder}, not the "
            f"one in use: choose new ones with refrain calibrate, or leave REFRAIN_POLICY empty"
        )
    if model is None:
        return retrieval, None
    of = chosen or model
    cut_offs = (of.suggest_at, of.same_script_at, of.flag_at)
    return pair_scoring(of.version, cut_offs, retrieval, of.measured), ScorePairs(encoder, model, retrieval)

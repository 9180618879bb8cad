"""All that the program does: one use case a file, and here the menu of them."""

from dataclasses import dataclass

from app.domain.phrases import Texts
from app.domain.policy import Policy
from app.services.accept_upload import AcceptUpload
from app.services.annotate_flag import AnnotateFlag
from app.services.answer_once import AnswerOnce
from app.services.background_ports import Background
from app.services.browse_flags import BrowseFlags
from app.services.browse_narratives import BrowseNarratives
from app.services.check_document import CheckDocument
from app.services.check_statements import CheckStatements
from app.services.deliver_events import DeliverEvents
from app.services.edit_counter_examples import EditCounterExamples
from app.services.edit_narrative import EditFinding, EditNarrative
from app.services.edit_statement import EditStatement
from app.services.edit_webhooks import EditWebhooks
from app.services.import_statements import ImportStatements
from app.services.limit_requests import LimitRequests
from app.services.manage_accounts import ManageAccounts
from app.services.manage_keys import ManageKeys
from app.services.manage_organisations import ManageOrganisations
from app.services.ports import Languages, Store
from app.services.record_statements import RecordStatements
from app.services.review_many import ReviewMany
from app.services.review_match import ReviewMatch
from app.services.run_jobs import RunJobs
from app.services.save_flag_views import SaveFlagViews
from app.services.search_archive import SearchArchive
from app.services.search_statements import SearchStatements
from app.services.sign_in import SignIn
from app.services.tell_history import TellHistory
from app.services.tell_relations import TellRelations
from app.services.tell_timeline import TellTimeline
from index.contract import Reader


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, with its parts put in by `app/wiring.py`."""

    store: Store
    reader: Reader
    languages: Languages
    texts: Texts
    policy: Policy
    archive: SearchArchive
    check_statements: CheckStatements
    check_document: CheckDocument
    record_statements: RecordStatements
    import_statements: ImportStatements
    search_statements: SearchStatements
    tell_relations: TellRelations
    browse_narratives: BrowseNarratives
    edit_statement: EditStatement
    edit_narrative: EditNarrative
    tell_timeline: TellTimeline
    tell_history: TellHistory
    edit_finding: EditFinding
    edit_counter_examples: EditCounterExamples
    browse_flags: BrowseFlags
    review_match: ReviewMatch
    review_many: ReviewMany
    annotate_flag: AnnotateFlag
    save_flag_views: SaveFlagViews
    manage_keys: ManageKeys
    manage_organisations: ManageOrganisations
    manage_accounts: ManageAccounts
    sign_in: SignIn
    limit_requests: LimitRequests
    answer_once: AnswerOnce
    accept_upload: AcceptUpload
    run_jobs: RunJobs
    edit_webhooks: EditWebhooks
    deliver_events: DeliverEvents
    background: Background

// Made by make_types.py from the service's OpenAPI document: `make fmt` writes it anew.

/** A part that only the statement has. */
export interface AddedOut {
  role: "actor" | "accused" | "act" | "means" | "place" | "quantity" | "target" | "victims" | "time" | "motive" | "other";
  statement: TextQuoteSelector;
}

/** Agreement between analysts on matches that two or more of them judged, among the latest 5,000 decisions. */
export interface AgreementOut {
  judged: number;
  agreed: number;
  /** Krippendorff's alpha; null for fewer than 20 matches, or one verdict alone. */
  alpha: number | null;
  /** Where they differ, the latest first; at most five. */
  disputed: Array<DisputedFlagOut>;
}

/** A part that both texts have. */
export interface AlignedOut {
  role: "actor" | "accused" | "act" | "means" | "place" | "quantity" | "target" | "victims" | "time" | "motive" | "other";
  statement: TextQuoteSelector;
  precedent: TextQuoteSelector;
}

/** Up to a hundred checks, answered by one batch of the model. */
export interface BatchIn {
  checks: Array<CheckIn>;
}

/** For each check, in order, its answer or the problem with it. */
export interface BatchOut {
  results: Array<CheckOut | Problem>;
}

/** A statement in hand. Only `text` is required. */
export interface CheckIn {
  /** 1 to 5,000 characters after trimming. Lines that were broken at a fixed width are joined. */
  text: string;
  /** Detected when absent. */
  language?: string | null;
  /** When it was said; absent: now. */
  said_at?: string | null;
  speaker?: string | null;
  source?: CheckSource | null;
  /** Answer from what had been learned by then. */
  known_at?: string | null;
  /** false also returns precedents that are not earlier. */
  earlier_only?: boolean;
  limit?: number;
  /** `any` returns all candidates, ranked. */
  minimum_tier?: "near_verbatim" | "same_script" | "same_topic" | "any";
  /** false stores nothing. */
  record?: boolean;
}

/** A page of the organisation's checks, the newest first. */
export interface CheckList {
  items: Array<CheckOut>;
  next_cursor: string | null;
}

/** The answer: precedents, the best first. Without any, `summary` and `recurrence` are null. */
export interface CheckOut {
  id: string;
  created_at: string;
  /** The check as a page. */
  html_url: string;
  text: string;
  language: LanguageOut;
  said_at: string | null;
  speaker: string | null;
  source: SourceOut | null;
  /** The article that it is part of, by its id. */
  document: string | null;
  stance: StanceOut;
  flagged: boolean;
  /** That the text is no statement or more than one, or its date in the future; mostly null. */
  notice: NoticeOut | null;
  summary: string | null;
  recurrence: RecurrenceOut | null;
  known_at: string | null;
  /** What the statement predicts; null where it predicts nothing. */
  prediction: PredictionOut | null;
  /** The pasts of the narratives of those matches that reach `same_script`. */
  narratives: Array<NarrativeHistoryOut>;
  matches: Array<MatchOut>;
  model: ModelOut;
}

/** Source in which the statement appeared. */
export interface CheckSource {
  name?: string | null;
  url?: string | null;
}

/** Organisation that brought it. */
export interface ContributorOut {
  /** Its name. */
  organisation: string;
}

/** A decision since the version that was expected, or its undoing. */
export interface DecisionMeanwhile {
  /** Its id. */
  review: string;
  match_id: string | null;
  decision: string;
  reason: string | null;
  by: string;
  at: string;
}

/** Flag on whose matches analysts differ. */
export interface DisputedFlagOut {
  id: string;
  text: string;
  language: string;
}

/** An article: `text`, or the `html` of its page. */
export interface DocumentIn {
  text?: string | null;
  html?: string | null;
  /** Where it is: a label, which nobody fetches. */
  url?: string | null;
  title?: string | null;
  /** Whose text it is: the speaker of what it asserts itself. */
  author?: string | null;
  /** The day from which `Sunday` and `last month` are counted. */
  published_at?: string | null;
  /** Detected when absent. */
  language?: string | null;
  /** Answer from what had been learned by then. */
  known_at?: string | null;
  /** false also returns precedents that are not earlier. */
  earlier_only?: boolean;
  limit?: number;
  /** `any` returns all candidates, ranked. */
  minimum_tier?: "near_verbatim" | "same_script" | "same_topic" | "any";
  /** false stores nothing. */
  record?: boolean;
}

/** The article as it was read, and the claims in it. */
export interface DocumentOut {
  id: string;
  created_at: string;
  /** The article: for HTML, what was found in it; for text, with lines of a fixed width joined. All offsets count in it. */
  text: string;
  title: string | null;
  url: string | null;
  /** As the request or, a guess, the page names them. */
  author: string | null;
  language: LanguageOut;
  /** false: speakers are not found in this language; all sentences count as the author's own. */
  attributions_read: boolean;
  published_at: string | null;
  /** `page`: a guess from what the page says of itself. */
  published_at_from: "request" | "page" | null;
  /** That its day of publication is not known; otherwise null. */
  notice: NoticeOut | null;
  statements: Array<DocumentStatementOut>;
  /** Claims that were found and not checked, and why. */
  left_out: Array<LeftOutOut>;
  /** Dates of a saying that cannot be worked out: their `said_at` is null. */
  dates_unresolved: Array<TextQuoteSelector>;
  sentences: Array<SpanOut>;
  /** With their marks. */
  quotations: Array<SpanOut>;
}

/** A claim, its stance, and its check: with the article's date where the claim has none. */
export interface DocumentStatementOut {
  text: string;
  start: number;
  end: number;
  /** As the article names them at its fullest; null where it does not say. */
  speaker: string | null;
  /** When it was said, as exactly as the article says; null: it does not. */
  said_at: string | null;
  /** `text`: its own sentence has the date; `context`: it goes on from one that does. */
  said_at_from: "text" | "context" | null;
  /** The words of the date. */
  said_at_quote: TextQuoteSelector | null;
  /** Whether at least three words of it stand in quotation marks. */
  quoted: boolean;
  /** The words that say who said it; null for a quotation that goes on, and for the author's own. */
  attribution: TextQuoteSelector | null;
  /** An assertion of the article's author. Its `speaker` is the article's `author`, and null for what stands in quotation marks. */
  own: boolean;
  stance: "assertion" | "report" | "denial" | "question" | null;
  check: CheckOut;
}

/** A part that only the precedent has. */
export interface DroppedOut {
  role: "actor" | "accused" | "act" | "means" | "place" | "quantity" | "target" | "victims" | "time" | "motive" | "other";
  precedent: TextQuoteSelector;
}

/** Embedding model in use. */
export interface EmbedderOut {
  embedder: string;
  fingerprint: string;
  dimension: number;
}

/** One field at fault: `pointer` into the body, or `parameter` for one of the address or the headers. */
export interface FieldProblem {
  pointer?: string | null;
  parameter?: string | null;
  detail: string;
}

/** Finding of a fact-checker. */
export interface FindingFields {
  verdict: string;
  publisher?: string | null;
  url?: string | null;
  published_at?: string | null;
  summary?: string | null;
  /** When we learned of it; default: now. */
  learned_at?: string | null;
  /** What became of what the statement predicted. */
  outcome?: "happened" | "did_not_happen" | "unknown" | null;
  /** Evidence of the outcome, where it is not at `url`. */
  outcome_url?: string | null;
}

/** A finding about one statement or one narrative. */
export interface FindingIn {
  verdict: string;
  publisher?: string | null;
  url?: string | null;
  published_at?: string | null;
  summary?: string | null;
  /** When we learned of it; default: now. */
  learned_at?: string | null;
  /** What became of what the statement predicted. */
  outcome?: "happened" | "did_not_happen" | "unknown" | null;
  /** Evidence of the outcome, where it is not at `url`. */
  outcome_url?: string | null;
  /** Id of the statement that it is about. */
  statement?: string | null;
  /** Id, external id or title of the narrative that it is about. */
  narrative?: string | null;
}

/** A page of findings, the newest first. */
export interface FindingList {
  items: Array<FindingOut>;
  next_cursor: string | null;
}

/** A finding about a statement, or about one of its narratives. */
export interface FindingOut {
  id: string | null;
  verdict: string;
  publisher: string | null;
  url: string | null;
  published_at: string | null;
  summary: string | null;
  statement: string | null;
  narrative: string | null;
  learned_at: string | null;
  /** Settles the prediction of the statement that the finding is about. */
  outcome: "happened" | "did_not_happen" | "unknown" | null;
  outcome_url: string | null;
  /** Who added it; null: the operator of the service. */
  added_by: ContributorOut | null;
}

/** Number of the organisation's flags in each state, whatever the filters. */
export interface FlagCounts {
  open: number;
  confirmed: number;
  dismissed: number;
}

/** A page of flags, and how many there are. */
export interface FlagList {
  items: Array<FlagOut>;
  next_cursor: string | null;
  counts: FlagCounts;
}

/** Present state of a flag, and the decisions since the version that was expected. */
export interface FlagMeanwhile {
  version: number;
  state: string | null;
  decisions: Array<DecisionMeanwhile>;
}

/** State of a flag. */
export interface FlagNowOut {
  id: string;
  /** null: it was not flagged, and no decision stands. */
  state: "open" | "confirmed" | "dismissed" | null;
  /** Rises with every decision; the ETag. */
  version: number;
}

/** A check that was flagged or reviewed, with every review it had, the oldest first, undone ones included. */
export interface FlagOut {
  id: string;
  created_at: string;
  /** The check as a page. */
  html_url: string;
  text: string;
  language: LanguageOut;
  said_at: string | null;
  speaker: string | null;
  source: SourceOut | null;
  /** The article that it is part of, by its id. */
  document: string | null;
  stance: StanceOut;
  flagged: boolean;
  /** That the text is no statement or more than one, or its date in the future; mostly null. */
  notice: NoticeOut | null;
  summary: string | null;
  recurrence: RecurrenceOut | null;
  known_at: string | null;
  /** What the statement predicts; null where it predicts nothing. */
  prediction: PredictionOut | null;
  /** The pasts of the narratives of those matches that reach `same_script`. */
  narratives: Array<NarrativeHistoryOut>;
  matches: Array<MatchOut>;
  model: ModelOut;
  /** null: it was not flagged, and no decision stands any more. */
  state: "open" | "confirmed" | "dismissed" | null;
  /** Rises with every decision; the ETag. */
  version: number;
  /** Who is to look at it. */
  assigned_to: ReviewerOut | null;
  reviews: Array<ReviewOut>;
}

/** Numbers of flags by their state now. */
export interface FlagsByState {
  open: number;
  confirmed: number;
  dismissed: number;
}

/** Flags of a day in UTC, by their state now. */
export interface FlagsOfDayOut {
  open: number;
  confirmed: number;
  dismissed: number;
  day: string;
}

/** Number of flags, in any state, of a language or an outlet. */
export interface FlagsOfValueOut {
  value: string;
  count: number;
}

/** A statement that was found, and where in its text the words are: pairs of start and end, in code points. */
export interface FoundOut {
  statement: StatementOut;
  /** By meaning: the cosine of the two meanings. */
  similarity: number | null;
  found: Array<[number, number]>;
}

/** State of the index: its size, and the changes of the archive that it has not taken in. */
export interface IndexOut {
  size: number;
  checkpoint: number;
  pending: number;
}

/** The statement's language, and whether we detected it. */
export interface LanguageOut {
  code: string;
  detected: boolean;
}

/** A claim that was not checked. */
export interface LeftOutOut {
  text: string;
  start: number;
  end: number;
  /** As the article names them at its fullest; null where it does not say. */
  speaker: string | null;
  /** When it was said, as exactly as the article says; null: it does not. */
  said_at: string | null;
  /** `text`: its own sentence has the date; `context`: it goes on from one that does. */
  said_at_from: "text" | "context" | null;
  /** The words of the date. */
  said_at_quote: TextQuoteSelector | null;
  /** Whether at least three words of it stand in quotation marks. */
  quoted: boolean;
  /** The words that say who said it; null for a quotation that goes on, and for the author's own. */
  attribution: TextQuoteSelector | null;
  /** An assertion of the article's author. Its `speaker` is the article's `author`, and null for what stands in quotation marks. */
  own: boolean;
  /** `background`: the reporter recalls what somebody outside the news said at another time; `too_many`: 100 were checked before it, or 60 of the author's own; `too_long`: it is longer than a check may be. */
  reason: "background" | "too_many" | "too_long";
}

/** Limits on one request's contents, and on requests per hour (null: none). */
export interface LimitsOut {
  characters_per_text: number;
  checks_per_batch: number;
  matches_per_check: number;
  key_per_hour: number | null;
  organisation_per_hour: number | null;
}

/** One precedent, the best first. */
export interface MatchOut {
  id: string;
  precedent: PrecedentOut;
  /** null only below every tier, with `minimum_tier: any`. */
  tier: Tier | null;
  /** `opposes` where one of the two asserts what the other denies: it is never flagged, nor counted. */
  relation: "repeats" | "opposes";
  /** The part of `text` that matches, where that is not all of it: a sentence or a clause. */
  claim: TextQuoteSelector | null;
  /** What the text, or the part of it in `claim`, does with what it says; null where it is not read, for a match found by hand, and in answers of earlier releases. */
  stance: "assertion" | "report" | "denial" | "question" | null;
  /** The calibrated probability that an analyst would file the two under the same script. */
  score: number;
  signals: Record<string, number>;
  repeated: Array<AlignedOut>;
  changed: Array<AlignedOut>;
  added: Array<AddedOut>;
  dropped: Array<DroppedOut>;
  /** What it has to do with the text, in words and in the language of `Content-Language`. */
  explanation: string | null;
  days_before: number | null;
  /** The review that stands about it. */
  review: ReviewOut | null;
  /** An analyst found it: its `tier` is null, its `score` 0. */
  found_by_hand: boolean;
}

/** The caller. */
export interface MeOut {
  key: MyKeyOut;
  organisation: MyOrganisationOut;
  scopes: Array<string>;
  limits: LimitsOut;
}

/** Model behind an answer, and its thresholds. */
export interface ModelOut {
  embedder: string;
  fingerprint: string;
  policy: string;
  suggest_at: number;
  flag_at: number;
  index_checkpoint: number;
}

/** The key that asked, by its hint. */
export interface MyKeyOut {
  id: string;
  name: string;
  hint: string;
  created_at: string;
  expires_at: string | null;
}

/** Organisation that the key belongs to. */
export interface MyOrganisationOut {
  id: string;
  name: string;
}

/** A narrative's past as of the check: all its dated statements that are earlier, and what they predicted. */
export interface NarrativeHistoryOut {
  id: string;
  title: string;
  recurrence: RecurrenceOut;
  predictions: TallyOut;
}

/** A narrative to record. Its identity is `external_id` where given, otherwise its title. */
export interface NarrativeIn {
  title: string;
  external_id?: string | null;
  description?: string | null;
  /** Id, external id or title of a broader narrative. */
  parent?: string | null;
  /** true: seen by your organisation alone. */
  private?: boolean;
}

/** A page of narratives, the newest first. */
export interface NarrativeList {
  items: Array<NarrativeOut>;
  next_cursor: string | null;
}

/** A recurring script that statements are instances of. */
export interface NarrativeOut {
  id: string;
  title: string;
  external_id: string | null;
  description: string | null;
  parent: NarrativeRefOut | null;
  findings: Array<FindingOut>;
  statement_count: number;
  private: boolean;
  /** Who brought it; null: the operator of the service. */
  contributor: ContributorOut | null;
  created_at: string;
}

/** Changes to a narrative: fields that are absent stay, null empties those that may be empty. */
export interface NarrativePatch {
  title?: string;
  description?: string | null;
  parent?: string | null;
}

/** A narrative in few words. */
export interface NarrativeRefOut {
  id: string;
  title: string;
}

/** Number of narratives in a state, and the ten most active. */
export interface NarrativesInStateOut {
  count: number;
  most_active: Array<RecentNarrativeOut>;
}

/** Notice about the text that was sent. */
export interface NoticeOut {
  /** `one_word`: one word is no statement, and was not looked up; `long_text`: the text is long for one statement, and better sent to `/v1/documents`, which reads it claim by claim; `undated`, of an article: its day is not known, so its claims count as made today; `future`: its date is in the future, so that all that was said until now counts as earlier. */
  code: "one_word" | "long_text" | "undated" | "future";
  /** The same in words, in the language of `Content-Language`. */
  detail: string;
}

/** What came to the organisation's desk, what waits, and what moves among the narratives that it sees. */
export interface OverviewOut {
  at: string;
  flags: FlagsByState;
  /** The last thirty days in UTC, the earliest first. */
  days: Array<FlagsOfDayOut>;
  oldest: WaitingFlagOut | null;
  /** At least three statements in the last 90 days, and more than in the 90 days before. */
  growing: NarrativesInStateOut;
  /** Seen in the last 90 days, after at least 180 days without a statement. */
  back: NarrativesInStateOut;
  /** The ten most frequent. */
  languages: Array<FlagsOfValueOut>;
  /** The ten most frequent. */
  outlets: Array<FlagsOfValueOut>;
  predictions: UnsettledPredictionsOut;
  agreement: AgreementOut;
}

/** Thresholds in force: on `score`, but for the two of `near_verbatim`, on `wording` and `dense`. */
export interface PolicyOut {
  version: string;
  calibrated: boolean;
  suggest_at: number;
  same_script_at: number;
  flag_at: number;
  verbatim_wording: number;
  verbatim_dense: number;
}

/** The earlier statement, as it was when the check was made, but for `withdrawn`. */
export interface PrecedentOut {
  id: string;
  external_id: string | null;
  title: string | null;
  text: string;
  language: string;
  speaker: string | null;
  said_at: string | null;
  /** Of its sentence that matches; null where its language is not read. */
  stance: "assertion" | "report" | "denial" | "question" | null;
  withdrawn: boolean;
  source: SourceOut;
  narratives: Array<NarrativeRefOut>;
  findings: Array<FindingOut>;
  /** What it predicts, with its status as of the check. */
  prediction: PredictionOut | null;
  /** Where `said_at` is null: it had been said by the end of this, such as the day of its review. */
  said_before: string | null;
}

/** Prediction in a text: its cue words and its time window. */
export interface PredictionOut {
  cues: Array<TextQuoteSelector>;
  /** The words for the time in which it is to happen. */
  window: TextQuoteSelector | null;
  /** The end of that time; null where the words do not say it. */
  until: string | null;
  /** null for the checked text's own prediction. */
  status: PredictionStatusOut | null;
}

/** Outcome of a prediction, as far as it is recorded. */
export interface PredictionStatusOut {
  /** `expired`: its window passed, and no outcome is recorded; `disputed`: publishers contradict each other. Nothing did not happen merely because time passed. */
  label: "happened" | "did_not_happen" | "unknown" | "disputed" | "expired" | "open";
  /** The latest finding with that outcome. */
  evidence: FindingOut | null;
}

/** Problem details of an error, and what to do about it (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The request's X-Request-Id. */
  instance?: string | null;
  errors?: Array<FieldProblem> | null;
  /** With changed-meanwhile: how the flag stands now. */
  flag?: FlagMeanwhile | null;
  /** Of `RateLimit-Policy`: those that have too little left. */
  "violated-policies"?: Array<string> | null;
}

/** Narrative that was seen in the last 90 days, with the narratives below it. */
export interface RecentNarrativeOut {
  id: string;
  title: string;
  /** Statements of the last 90 days. */
  recent: number;
  /** Statements of the 90 days before those. */
  before: number;
  /** Days between the last statement before the recent ones and the first. */
  pause_days: number | null;
}

/** Recurrence of the script, over all precedents found that reach `same_script`. */
export interface RecurrenceOut {
  count: number;
  first_said_at: string | null;
  last_said_at: string | null;
  gaps_days: Array<number>;
  days_since_last: number | null;
  /** The median of at least two gaps. */
  typical_interval_days: number | null;
  /** Of those counted without a date of their own: the earliest day by which one had been said. */
  said_before: string | null;
}

/** A statement that follows the same script as another. */
export interface RelationOut {
  statement: StatementOut;
  tier: Tier;
  score: number;
  /** Between the two. */
  days: number;
}

/** Precedents of a statement and later statements that repeat it, the most similar first. */
export interface RelationsOut {
  precedents: Array<RelationOut>;
  echoes: Array<RelationOut>;
}

/** A decision about a match, about a precedent found by hand, or, to dismiss, about all matches (neither id). */
export interface ReviewIn {
  match_id?: string | null;
  /** Id of an earlier statement that the check does not show. */
  precedent_id?: string | null;
  verdict: "confirmed" | "dismissed";
  reason?: string | null;
  /** Put the checked statement into the archive; only with confirmed. */
  archive?: boolean;
  /** Keep the checked text as one that the narrative is not; only with dismissed. */
  counter_example?: boolean;
  /** Where to file it: id, external id or title. Default: the precedent's narratives. */
  narrative?: string | null;
  /** The flag's version that was looked at; another one is a 409. As If-Match. */
  expected_version?: number | null;
}

/** A decision about a match or, where `match_id` is null, the dismissal of all of them. */
export interface ReviewOut {
  id: string;
  match_id: string | null;
  precedent_id: string | null;
  verdict: "confirmed" | "dismissed";
  reason: string | null;
  by: ReviewerOut;
  at: string;
  /** Whether it is the last word on its match that was not taken back. */
  stands: boolean;
  undone_by: ReviewerOut | null;
  undone_at: string | null;
  /** Id of the statement that it put on record. */
  archived: string | null;
  counter_example: boolean;
  /** Where it filed the checked text. */
  narratives: Array<NarrativeRefOut>;
}

/** A review, and how its flag stands now. */
export interface ReviewedOut {
  id: string;
  match_id: string | null;
  precedent_id: string | null;
  verdict: "confirmed" | "dismissed";
  reason: string | null;
  by: ReviewerOut;
  at: string;
  /** Whether it is the last word on its match that was not taken back. */
  stands: boolean;
  undone_by: ReviewerOut | null;
  undone_at: string | null;
  /** Id of the statement that it put on record. */
  archived: string | null;
  counter_example: boolean;
  /** Where it filed the checked text. */
  narratives: Array<NarrativeRefOut>;
  flag: FlagNowOut;
}

/** Reviewer: the key that decided, by its id and name. */
export interface ReviewerOut {
  id: string;
  name: string;
}

/** A page of what was found. */
export interface SearchOut {
  items: Array<FoundOut>;
  next_cursor: string | null;
}

/** One time that a statement was sent to us, and where it had been met. */
export interface SightingOut {
  seen_at: string;
  source: SourceOut;
}

/** Number of times that a statement was sent to us, and the latest ten, the newest first. */
export interface SightingsOut {
  count: number;
  latest: Array<SightingOut>;
}

/** A part of a text, and what it is in it; it points into the entry's `text`. */
export interface SlotOut {
  role: "actor" | "accused" | "act" | "means" | "place" | "quantity" | "target" | "victims" | "time" | "motive" | "other";
  span: TextQuoteSelector;
}

/** Source of a statement. */
export interface SourceIn {
  name?: string | null;
  url?: string | null;
  archive_url?: string | null;
}

/** Source of a statement. */
export interface SourceOut {
  name: string | null;
  url: string | null;
  archive_url: string | null;
}

/** A stretch of `text`, counted in Unicode code points. */
export interface SpanOut {
  start: number;
  end: number;
}

/** Stance of the text, or of its part that matches best: it asserts, reports, denies or asks. */
export interface StanceOut {
  /** null where the language is not read; `reason` says so. */
  label: "assertion" | "report" | "denial" | "question" | null;
  cues: Array<TextQuoteSelector>;
  /** Why there is no label, in a sentence; null where there is one. */
  reason: string | null;
}

/** A statement to record. Its identity is `external_id` where given, otherwise text, speaker and date. */
export interface StatementIn {
  /** 1 to 5,000 characters after trimming. Lines that were broken at a fixed width are joined. */
  text: string;
  /** Searched together with the text. */
  title?: string | null;
  /** Detected when absent. */
  language?: string | null;
  speaker?: string | null;
  said_at?: string | null;
  /** Where `said_at` is not known: it had been said by the end of this, and is found as earlier then. */
  said_before?: string | null;
  /** When we learned of it; default: now. */
  learned_at?: string | null;
  source?: SourceIn;
  /** Ids, external ids or titles of narratives. */
  narratives?: Array<string>;
  /** Your organisation's own id of it. */
  external_id?: string | null;
  findings?: Array<FindingFields>;
  /** true: seen and found by your organisation alone. */
  private?: boolean;
}

/** A page of statements, the newest first. */
export interface StatementList {
  items: Array<StatementOut>;
  next_cursor: string | null;
}

/** A statement of the archive. */
export interface StatementOut {
  id: string;
  external_id: string | null;
  title: string | null;
  text: string;
  language: string;
  speaker: string | null;
  said_at: string | null;
  /** Where `said_at` is null: it had been said by the end of this, such as the day of its review. */
  said_before: string | null;
  learned_at: string;
  source: SourceOut;
  narratives: Array<NarrativeRefOut>;
  findings: Array<FindingOut>;
  withdrawn: boolean;
  private: boolean;
  /** Who brought it, whose `external_id` it is; null: the operator of the service. */
  contributor: ContributorOut | null;
  /** Imports are none. */
  sightings: SightingsOut;
  metadata: Record<string, unknown>;
  created_at: string;
  updated_at: string;
}

/** Changes to a statement: fields that are absent stay, null empties those that may be empty. */
export interface StatementPatch {
  /** 1 to 5,000 characters after trimming. Lines that were broken at a fixed width are joined. */
  text?: string;
  title?: string | null;
  language?: string;
  speaker?: string | null;
  said_at?: string | null;
  source?: SourceIn | null;
  /** Exactly these. */
  narratives?: Array<string>;
  external_id?: string | null;
  /** false restores a withdrawn statement. */
  withdrawn?: boolean;
}

/** The archive and what answers from it. */
export interface StatusOut {
  ready: boolean;
  statements: number;
  index: IndexOut;
  model: EmbedderOut;
  policy: PolicyOut;
}

/** Number of predictions, the date of the first, and their outcomes. */
export interface TallyOut {
  count: number;
  since: string | null;
  happened: number;
  did_not_happen: number;
  unknown: number;
  disputed: number;
  expired: number;
  open: number;
}

/** W3C TextQuoteSelector; `start` and `end` count Unicode code points of the `text` that the answer returns. */
export interface TextQuoteSelector {
  type: "TextQuoteSelector";
  exact: string;
  prefix: string;
  suffix: string;
  start: number;
  end: number;
}

/** Tier of similarity between two statements. */
export type Tier = "near_verbatim" | "same_script" | "same_topic";

/** One appearance: a statement of the archive. */
export interface TimelineEntryOut {
  id: string;
  said_at: string | null;
  speaker: string | null;
  source: SourceOut;
  title: string | null;
  text: string;
  language: string;
  stance: "assertion" | "report" | "denial" | "question" | null;
  /** Those about this statement. */
  findings: Array<FindingOut>;
  prediction: PredictionOut | null;
  /** Its parts in the roles that vary, in order of the text. */
  slots: Array<SlotOut>;
  /** How many statements have this text, speaker and day. */
  sightings: number;
  /** true only with `known_at`: it was withdrawn later. */
  withdrawn: boolean;
}

/** A page of a narrative's appearances in order of time, those without a date last. */
export interface TimelineOut {
  /** Of all appearances, not of this page alone. */
  recurrence: RecurrenceOut;
  predictions: TallyOut;
  /** Roles whose words differ among the appearances of this page. */
  variable_roles: Array<"actor" | "accused" | "act" | "means" | "place" | "quantity" | "target" | "victims" | "time" | "motive" | "other">;
  items: Array<TimelineEntryOut>;
  next_cursor: string | null;
}

/** Predictions without a recorded outcome. */
export interface UnsettledPredictionsOut {
  /** Their time has passed; counted up to 1,001. */
  lapsed: number;
  /** Their time ends within seven days; counted up to 1,001. */
  lapsing: number;
}

/** The open flag that waits longest. */
export interface WaitingFlagOut {
  id: string;
  since: string;
}

export interface ListChecksQuery {
  /** Only those that were flagged, or were not. */
  flagged?: boolean | null;
  /** Only these fields of the answer, with commas between them and dots to the fields within: flagged,matches.score,matches.precedent.text. Without it all of them. */
  fields?: string | null;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface CreateCheckQuery {
  /** Only these fields of the answer, with commas between them and dots to the fields within: flagged,matches.score,matches.precedent.text. Without it all of them. */
  fields?: string | null;
}

export interface CreateChecksQuery {
  /** Only these fields of the answer, with commas between them and dots to the fields within: flagged,matches.score,matches.precedent.text. Without it all of them. */
  fields?: string | null;
}

export interface ListStatementsQuery {
  /** Words that occur in title or text. */
  q?: string | null;
  speaker?: string | null;
  language?: string | null;
  /** Id, external id or title. */
  narrative?: string | null;
  /** Name of the outlet. */
  source?: string | null;
  /** Said on this day or later. */
  said_from?: string | null;
  /** Said on this day or earlier. */
  said_to?: string | null;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface SearchStatementsQuery {
  /** Query. */
  q: string;
  /** Semantic search, or search by keywords. */
  by?: "meaning" | "words";
  speaker?: string | null;
  language?: string | null;
  /** Id, external id or title. */
  narrative?: string | null;
  /** Name of the outlet. */
  source?: string | null;
  /** Said on this day or later. */
  said_from?: string | null;
  /** Said on this day or earlier. */
  said_to?: string | null;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListNarrativesQuery {
  /** Words that occur in title or description. */
  q?: string | null;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface GetTimelineQuery {
  /** As it was known then. */
  known_at?: string | null;
  /** Of the narratives below this one too. */
  include_children?: boolean;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListFindingsQuery {
  /** Id of a statement. */
  statement?: string | null;
  /** Id of a narrative. */
  narrative?: string | null;
  /** How many entries at most. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

export interface ListFlagsQuery {
  /** Default: any. */
  state?: "open" | "confirmed" | "dismissed" | null;
  /** The closest tier among its matches. */
  tier?: Tier | null;
  /** Id, external id or title of a precedent's narrative. */
  narrative?: string | null;
  speaker?: string | null;
  /** Name of the outlet. */
  source?: string | null;
  language?: string | null;
  /** Said on this day or later; undated: checked. */
  from?: string | null;
  /** Said on this day or earlier; undated: checked. */
  to?: string | null;
  /** Words that occur in the text, or beginnings of them. */
  q?: string | null;
  /** `me`, `nobody`, or the id of who is to look at it. */
  assigned?: string | null;
  /** Best score and most recurrences come first. */
  sort?: "newest" | "score" | "recurrence";
  /** Largest number of entries. */
  limit?: number;
  /** The `next_cursor` of the page before. */
  cursor?: string | null;
}

// Types of the client. Answers are the service's JSON: their fields are in answers.d.ts.

import type {
  BatchIn, CheckIn, CheckOut, DocumentIn, DocumentOut, FindingIn, FindingOut, FlagOut, FoundOut, ListChecksQuery,
  ListFindingsQuery, ListFlagsQuery, ListNarrativesQuery, ListStatementsQuery, MeOut, NarrativeIn, NarrativeOut,
  NarrativePatch, GetTimelineQuery, OverviewOut, Problem, RelationsOut, ReviewIn, ReviewedOut, SearchStatementsQuery, StatementIn,
  StatementOut, StatementPatch, StatusOut, TimelineOut,
} from "./answers.js";

export type * from "./answers.js";

/** Patience of a call, in seconds; `deadlineS` bounds all of it, waits included, and with 0 there is one attempt. */
export interface Retries {
  deadlineS?: number;
  attemptS?: number;
  firstWaitS?: number;
  longestWaitS?: number;
}

export interface RefrainOptions {
  retries?: Retries;
  /** Another `fetch`, for proxies and tests. */
  fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  /** Ends the call: it then throws what the signal was aborted with. */
  signal?: AbortSignal;
}

export interface PostOptions extends CallOptions {
  /** A retry of the same request under the same key is done once; without one each call has its own. */
  idempotencyKey?: string;
}

type Without<Body, Field extends keyof Body> = Omit<Body, Field>;
type Filter<Query> = Without<Query, Extract<keyof Query, "cursor">>;

export declare class Refrain {
  constructor(baseUrl: string, key: string, options?: RefrainOptions);
  readonly documents: Documents;
  readonly statements: Statements;
  readonly narratives: Narratives;
  readonly findings: Findings;
  readonly flags: Flags;
  check(text: string, fields?: Without<CheckIn, "text">, options?: PostOptions): Promise<CheckOut>;
  checkMany(checks: Iterable<string | BatchIn["checks"][number]>, options?: PostOptions): Promise<Array<CheckOut | Problem>>;
  getCheck(id: string, options?: CallOptions): Promise<CheckOut>;
  listChecks(which?: Filter<ListChecksQuery>, options?: CallOptions): AsyncGenerator<CheckOut, void>;
  me(options?: CallOptions): Promise<MeOut>;
  overview(options?: CallOptions): Promise<OverviewOut>;
  status(options?: CallOptions): Promise<StatusOut>;
}

declare class Documents {
  check(article: DocumentIn, options?: PostOptions): Promise<DocumentOut>;
  get(id: string, options?: CallOptions): Promise<DocumentOut>;
}

declare class Statements {
  record(text: string, fields?: Without<StatementIn, "text">, options?: PostOptions): Promise<StatementOut>;
  get(id: string, options?: CallOptions): Promise<StatementOut>;
  list(which?: Filter<ListStatementsQuery>, options?: CallOptions): AsyncGenerator<StatementOut, void>;
  search(q: string, among?: Without<Filter<SearchStatementsQuery>, "q">, options?: CallOptions): AsyncGenerator<FoundOut, void>;
  relations(id: string, options?: CallOptions): Promise<RelationsOut>;
  change(id: string, changes: StatementPatch, options?: CallOptions): Promise<StatementOut>;
  withdraw(id: string, options?: CallOptions): Promise<void>;
}

declare class Narratives {
  record(title: string, fields?: Without<NarrativeIn, "title">, options?: PostOptions): Promise<NarrativeOut>;
  get(id: string, options?: CallOptions): Promise<NarrativeOut>;
  list(which?: Filter<ListNarrativesQuery>, options?: CallOptions): AsyncGenerator<NarrativeOut, void>;
  timeline(id: string, query?: GetTimelineQuery, options?: CallOptions): Promise<TimelineOut>;
  change(id: string, changes: NarrativePatch, options?: CallOptions): Promise<NarrativeOut>;
}

declare class Findings {
  record(verdict: string, fields?: Without<FindingIn, "verdict">, options?: PostOptions): Promise<FindingOut>;
  get(id: string, options?: CallOptions): Promise<FindingOut>;
  list(which?: Filter<ListFindingsQuery>, options?: CallOptions): AsyncGenerator<FindingOut, void>;
  remove(id: string, options?: CallOptions): Promise<void>;
}

declare class Flags {
  list(which?: Filter<ListFlagsQuery>, options?: CallOptions): AsyncGenerator<FlagOut, void>;
  get(id: string, options?: CallOptions): Promise<FlagOut>;
  review(id: string, review: ReviewIn, options?: PostOptions): Promise<ReviewedOut>;
  undo(id: string, reviewId: string, options?: CallOptions): Promise<void>;
}

/** Anything that the client throws, but for the error of an aborted signal. */
export declare class RefrainError extends Error {}
/** No answer came before the deadline; `cause` is the error of `fetch`. */
export declare class ConnectionFailed extends RefrainError {}
/** An answer that no service of Refrain gives. */
export declare class UnexpectedAnswer extends RefrainError {}
/** The service refused, or could not answer. */
export declare class ProblemError extends RefrainError {
  constructor(problem: Problem, retryAfterS?: number | null);
  readonly problem: Problem;
  readonly retryAfterS: number | null;
  get slug(): string;
  get passing(): boolean;
}
/** 400, 405, 413, 422, 431 */
export declare class InvalidRequest extends ProblemError {}
/** 401, 403 */
export declare class AccessDenied extends ProblemError {}
/** 404 */
export declare class NotFound extends ProblemError {}
/** 409 */
export declare class Conflict extends ProblemError {}
/** 429 until the deadline */
export declare class OverLimit extends ProblemError {}
/** 408, 502, 503, 504 until the deadline */
export declare class Unavailable extends ProblemError {}
/** 500 */
export declare class ServiceFault extends ProblemError {}
/** The error for an answer that is no success. */
export declare function errorOf(status: number, text: string, retryAfter?: string | null): RefrainError;

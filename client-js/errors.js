// Errors of the client. Each refusal of the service is a ProblemError with the problem (RFC 9457) that it answered.

/** Anything that the client throws, but for an AbortError of the caller's own signal. */
export class RefrainError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** No answer came before the deadline; `cause` is the error of `fetch`. */
export class ConnectionFailed extends RefrainError {}

/** An answer that no service of Refrain gives. */
export class UnexpectedAnswer extends RefrainError {}

/** The service refused, or could not answer. */
export class ProblemError extends RefrainError {
  /** `retryAfterS`: seconds to wait as the service says, or null. */
  constructor(problem, retryAfterS = null) {
    super(`${problem.status} ${slugOf(problem)}: ${problem.detail}`);
    this.problem = problem;
    this.retryAfterS = retryAfterS;
  }

  /** Name under which docs/problems.md explains the problem. */
  get slug() {
    return slugOf(this.problem);
  }

  /** True where the same request may well be answered in a while. */
  get passing() {
    return [408, 429, 502, 503, 504].includes(this.problem.status) || this.slug === "still-answering";
  }
}

/** 400, 405, 413, 422, 431: `problem.errors` names the fields at fault. */
export class InvalidRequest extends ProblemError {}

/** 401, 403: the key is unknown, expired or revoked, or lacks the scope. */
export class AccessDenied extends ProblemError {}

/** 404: there is no such thing, or it is another organisation's. */
export class NotFound extends ProblemError {}

/** 409: it contradicts what is stored. */
export class Conflict extends ProblemError {}

/** 429: a quota has too little left until after the deadline. */
export class OverLimit extends ProblemError {}

/** 408, 502, 503, 504: the service was not ready or too busy until the deadline. */
export class Unavailable extends ProblemError {}

/** 500: a fault of the service; `problem.instance` is the request's id, for whoever runs it. */
export class ServiceFault extends ProblemError {}

const FAMILIES = new Map([
  [400, InvalidRequest], [401, AccessDenied], [403, AccessDenied], [404, NotFound], [405, InvalidRequest],
  [408, Unavailable], [409, Conflict], [413, InvalidRequest], [422, InvalidRequest], [429, OverLimit],
  [431, InvalidRequest], [500, ServiceFault], [502, Unavailable], [503, Unavailable], [504, Unavailable],
]);

/** The error for an answer that is no success: its status, the text of its body and its `Retry-After`. */
export function errorOf(status, text, retryAfter = null) {
  const family = FAMILIES.get(status);
  if (!family) return new UnexpectedAnswer(`the service answered ${status}, which is none of its answers`);
  return new family(problemOf(status, text), secondsOf(retryAfter));
}

function problemOf(status, text) {
  let said = null;
  try {
    said = JSON.parse(text);
  } catch {
    // A proxy on the way answers with a page of its own.
  }
  const known = said !== null && typeof said === "object" && !Array.isArray(said) ? said : {};
  return { ...known, type: String(known.type ?? "about:blank"), title: String(known.title ?? ""), status,
    detail: String(known.detail ?? "") };
}

function slugOf(problem) {
  return String(problem.type).split("/").at(-1);
}

/** Seconds until a moment that is given as seconds or as a date (RFC 9110, 10.2.3), or null. */
function secondsOf(raw) {
  if (raw === null || raw === undefined) return null;
  if (/^\s*\d+\s*$/.test(raw)) return Number(raw);
  const at = Date.parse(raw);
  return Number.isNaN(at) ? null : Math.max(0, (at - Date.now()) / 1000);
}

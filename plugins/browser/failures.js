// What the panel says of each error, and what the reader can do about it.

import { language, say } from "./api.js";
import { AccessDenied, ConnectionFailed, OverLimit, ProblemError, UnexpectedAnswer } from "./client/refrain.js";

/** A sentence of the panel's own to be shown as a failure: `name` is one of _locales. */
export class Unmet extends Error {
  constructor(name, { values = [], remedy = null } = {}) {
    super(name);
    this.sentence = say(name, ...values);
    this.remedy = remedy;
  }
}

/** `{ title, detail, remedy }`; `remedy` is `settings`, `retry` or null, `detail` is as the service says it, or null. */
export function described(error) {
  if (error instanceof Unmet) return { title: error.sentence, detail: null, remedy: error.remedy };
  if (error instanceof AccessDenied) {
    const title = say(error.problem.status === 401 ? "keyRefused" : "scopeMissing");
    return { title, detail: error.problem.detail, remedy: "settings" };
  }
  if (error instanceof OverLimit) return { title: limit(error.retryAfterS), detail: error.problem.detail, remedy: "retry" };
  if (error instanceof ConnectionFailed) {
    return { title: say(navigator.onLine ? "serverGone" : "offline"), detail: null, remedy: "retry" };
  }
  if (error instanceof UnexpectedAnswer) return { title: say("noRefrain"), detail: null, remedy: "settings" };
  if (error instanceof ProblemError && error.problem.status < 500) {
    return { title: say("refused"), detail: error.problem.detail, remedy: null };
  }
  if (error instanceof ProblemError) return { title: say("serverFault"), detail: error.problem.detail, remedy: "retry" };
  return { title: say("unexpected"), detail: String(error?.message ?? error), remedy: "retry" };
}

function limit(retryAfterS) {
  if (retryAfterS === null) return say("limitReached");
  const until = new Date(Date.now() + 1000 * retryAfterS);
  const near = retryAfterS < 12 * 3600;
  const style = { timeStyle: "short", ...(near ? {} : { dateStyle: "medium" }) };
  return say("limitUntil", new Intl.DateTimeFormat(language(), style).format(until));
}

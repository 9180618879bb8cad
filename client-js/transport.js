// Requests to one service with one key, sent again where that helps.

import { ConnectionFailed, errorOf, NotFound, ProblemError, UnexpectedAnswer } from "./errors.js";

const PAGE = 100;
const RETRIES = { deadlineS: 60, attemptS: 30, firstWaitS: 0.5, longestWaitS: 16 };

export class Transport {
  #base;
  #key;
  #retries;
  #fetch;

  constructor(baseUrl, key, { retries = {}, fetch = globalThis.fetch } = {}) {
    this.#base = `${addressOf(baseUrl)}/v1`;
    // Anything else cannot stand in a header: fetch would fail as if there were no connection.
    if (typeof key !== "string" || !/^[\x21-\x7e]+$/.test(key)) throw new TypeError("the key is empty or no key");
    this.#key = key;
    this.#retries = { ...RETRIES, ...retries };
    this.#fetch = fetch;
  }

  /** The JSON that the service answers; null for an empty answer. Throws RefrainError, or what `signal` was aborted with. */
  async ask(method, path, { query = {}, body, idempotencyKey, signal } = {}) {
    const headers = {
      Authorization: `Bearer ${this.#key}`,
      Accept: "application/json, application/problem+json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      // One key for a call, however often it is sent.
      ...(method === "POST" ? { "Idempotency-Key": idempotencyKey ?? uniqueKey() } : {}),
    };
    const request = {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      redirect: "manual",
      referrerPolicy: "no-referrer",
    };
    return this.#send(this.#address(path, query), request, signal);
  }

  /** All entries of a list, page after page, as they are asked for. */
  async *pages(path, query = {}, { signal } = {}) {
    let cursor = null;
    do {
      const page = await this.ask("GET", path, { query: { limit: PAGE, ...query, cursor }, signal });
      if (!Array.isArray(page?.items)) throw new UnexpectedAnswer("the service answered with what is no list");
      yield* page.items;
      cursor = page.next_cursor ?? null;
    } while (cursor !== null);
  }

  #address(path, query) {
    const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
    const asked = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return [this.#base, ...path.map(segment)].join("/") + (asked && `?${asked}`);
  }

  async #send(address, request, signal) {
    const ends = Date.now() + 1000 * this.#retries.deadlineS;
    let lost = false;
    for (let attempts = 1; ; attempts += 1) {
      signal?.throwIfAborted();
      let failure;
      let retryAfterS = null;
      try {
        return await this.#attempt(address, request, signal, ends);
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
        // The first try may have removed it, and only its answer was lost.
        if (lost && request.method === "DELETE" && error instanceof NotFound) return null;
        if (error instanceof ConnectionFailed) lost = true;
        else if (!(error instanceof ProblemError) || !error.passing) throw error;
        else {
          lost ||= [502, 503, 504].includes(error.problem.status);
          retryAfterS = error.retryAfterS;
        }
      }
      const wait = this.#waitMs(attempts, retryAfterS);
      if (Date.now() + wait >= ends) throw failure;
      await pause(wait, signal);
    }
  }

  async #attempt(address, request, signal, ends) {
    const { attemptS, deadlineS } = this.#retries;
    const limit = deadlineS > 0 ? Math.min(1000 * attemptS, Math.max(1, ends - Date.now())) : 1000 * attemptS;
    const stopped = new AbortController();
    const stop = () => stopped.abort(signal.reason);
    signal?.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(() => stopped.abort(new DOMException("no answer in time", "TimeoutError")), limit);
    try {
      // Called without `this`: a browser's fetch refuses any other.
      const fetch = this.#fetch;
      const answer = await fetch(address, { ...request, signal: stopped.signal });
      const text = await answer.text();
      if (!answer.ok) throw errorOf(answer.status, text, answer.headers.get("retry-after"));
      return text === "" ? null : JSON.parse(text);
    } catch (error) {
      if (error instanceof ProblemError || error instanceof UnexpectedAnswer) throw error;
      if (error instanceof SyntaxError) throw new UnexpectedAnswer("the service answered with what is no JSON", { cause: error });
      throw new ConnectionFailed(`no answer from ${new URL(address).host}: ${error.message}`, { cause: error });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  /** `Retry-After` where the service says it; otherwise growing waits, shortened by chance ("full jitter"). */
  #waitMs(attempts, retryAfterS) {
    const { firstWaitS, longestWaitS } = this.#retries;
    if (retryAfterS !== null) return 1000 * (retryAfterS + Math.random() * firstWaitS);
    return 1000 * Math.random() * Math.min(longestWaitS, firstWaitS * 2 ** (attempts - 1));
  }
}

function addressOf(baseUrl) {
  let url;
  try {
    url = new URL(baseUrl);
  } catch {
    url = null;
  }
  if (!url || !["https:", "http:"].includes(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError(`${JSON.stringify(baseUrl)} is no address of a service: write one as https://refrain.example.org`);
  }
  return url.href.replace(/\/+$/, "");
}

function segment(part) {
  // "." and ".." would lead elsewhere, even encoded.
  if (typeof part !== "string" || !part || /^\.{1,2}$/.test(part)) throw new TypeError(`${JSON.stringify(part)} is no id`);
  return encodeURIComponent(part);
}

/** A UUID where there is one: browsers give none to pages without TLS, nor does Node 18. It has to be new, not secret. */
function uniqueKey() {
  const random = () => Math.random().toString(36).slice(2, 12).padEnd(10, "0");
  return globalThis.crypto?.randomUUID?.() ?? `js-${Date.now().toString(36)}-${random()}${random()}`;
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

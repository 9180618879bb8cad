// A client of Refrain, for browsers and for Node 18 or later. Answers are the service's JSON, with its names.

import { Transport } from "./transport.js";

export * from "./errors.js";

const BATCH = 100;

/** A service of Refrain at an address such as `https://refrain.example.org`, asked with a key. */
export class Refrain {
  #to;

  constructor(baseUrl, key, options = {}) {
    this.#to = new Transport(baseUrl, key, options);
    this.documents = new Documents(this.#to);
    this.statements = new Statements(this.#to);
    this.narratives = new Narratives(this.#to);
    this.findings = new Findings(this.#to);
    this.flags = new Flags(this.#to);
  }

  /** One check. Without `said_at` the text is said now. */
  check(text, fields = {}, options = {}) {
    return this.#to.ask("POST", ["checks"], { ...options, body: { ...fields, text } });
  }

  /** For each statement, in order, its check or the problem with it; a hundred a request. */
  async checkMany(checks, options = {}) {
    const asked = Array.from(checks, (one) => (typeof one === "string" ? { text: one } : one));
    const { idempotencyKey, ...more } = options;
    const results = [];
    for (let start = 0; start < asked.length; start += BATCH) {
      const body = { checks: asked.slice(start, start + BATCH) };
      const own = idempotencyKey && { idempotencyKey: `${idempotencyKey}-${start}` };
      const answer = await this.#to.ask("POST", ["checks", "batch"], { ...more, ...own, body });
      results.push(...answer.results);
    }
    return results;
  }

  getCheck(id, options = {}) {
    return this.#to.ask("GET", ["checks", id], options);
  }

  /** Your organisation's checks, the newest first; `which.flagged` filters. */
  listChecks(which = {}, options = {}) {
    return this.#to.pages(["checks"], which, options);
  }

  /** Your key, its organisation, scopes and limits. */
  me(options = {}) {
    return this.#to.ask("GET", ["me"], options);
  }

  /** What came to your organisation's desk, what waits, and which narratives move. */
  overview(options = {}) {
    return this.#to.ask("GET", ["overview"], options);
  }

  /** State of the archive and the model. */
  status(options = {}) {
    return this.#to.ask("GET", ["status"], options);
  }
}

class Documents {
  #to;

  constructor(to) {
    this.#to = to;
  }

  /** Checks an article, claim by claim: `{ text }` or `{ html }`, and what is known of it. */
  check(article, options = {}) {
    return this.#to.ask("POST", ["documents"], { ...options, body: article });
  }

  get(id, options = {}) {
    return this.#to.ask("GET", ["documents", id], options);
  }
}

class Statements {
  #to;

  constructor(to) {
    this.#to = to;
  }

  /** Puts a statement into the archive, or adds what is new to the one that is there. */
  record(text, fields = {}, options = {}) {
    return this.#to.ask("POST", ["statements"], { ...options, body: { ...fields, text } });
  }

  get(id, options = {}) {
    return this.#to.ask("GET", ["statements", id], options);
  }

  /** Statements that are not withdrawn, the newest first. */
  list(which = {}, options = {}) {
    return this.#to.pages(["statements"], which, options);
  }

  /** By meaning the 200 closest, or with `by: "words"` those with each of the words, the latest first. */
  search(q, among = {}, options = {}) {
    return this.#to.pages(["search"], { ...among, q }, options);
  }

  /** Its precedents and its later echoes, ten at most of each. */
  relations(id, options = {}) {
    return this.#to.ask("GET", ["statements", id, "relations"], options);
  }

  /** Changes the fields that are named; null empties one, `withdrawn: false` restores the statement. */
  change(id, changes, options = {}) {
    return this.#to.ask("PATCH", ["statements", id], { ...options, body: changes });
  }

  /** No later check finds it; stored checks keep it and mark it. */
  async withdraw(id, options = {}) {
    await this.#to.ask("DELETE", ["statements", id], options);
  }
}

class Narratives {
  #to;

  constructor(to) {
    this.#to = to;
  }

  /** Records a narrative, or updates the one with this external id or title. */
  record(title, fields = {}, options = {}) {
    return this.#to.ask("POST", ["narratives"], { ...options, body: { ...fields, title } });
  }

  get(id, options = {}) {
    return this.#to.ask("GET", ["narratives", id], options);
  }

  /** Narratives, the newest first; `which.q`: words in title or description. */
  list(which = {}, options = {}) {
    return this.#to.pages(["narratives"], which, options);
  }

  /** A page of its appearances in order of time: `known_at`, `include_children`, `limit`, `cursor`. */
  timeline(id, query = {}, options = {}) {
    return this.#to.ask("GET", ["narratives", id, "timeline"], { ...options, query });
  }

  change(id, changes, options = {}) {
    return this.#to.ask("PATCH", ["narratives", id], { ...options, body: changes });
  }
}

class Findings {
  #to;

  constructor(to) {
    this.#to = to;
  }

  /** Records what was found about one `statement` (its id) or one `narrative`. */
  record(verdict, fields = {}, options = {}) {
    return this.#to.ask("POST", ["findings"], { ...options, body: { ...fields, verdict } });
  }

  get(id, options = {}) {
    return this.#to.ask("GET", ["findings", id], options);
  }

  /** Findings, the newest first; `which`: `statement` or `narrative`. */
  list(which = {}, options = {}) {
    return this.#to.pages(["findings"], which, options);
  }

  /** Takes a finding back. Stored checks keep what they showed. */
  async remove(id, options = {}) {
    await this.#to.ask("DELETE", ["findings", id], options);
  }
}

class Flags {
  #to;

  constructor(to) {
    this.#to = to;
  }

  /** Your organisation's flags; `which`: `state`, `tier`, `narrative`, `speaker`, `language`, `from`, `to`, … */
  list(which = {}, options = {}) {
    return this.#to.pages(["flags"], which, options);
  }

  get(id, options = {}) {
    return this.#to.ask("GET", ["flags", id], options);
  }

  /** Decides about a match, or about all: `{ verdict, match_id, reason, archive, … }`. */
  review(id, review, options = {}) {
    return this.#to.ask("POST", ["flags", id, "reviews"], { ...options, body: review });
  }

  /** Takes a decision back, and what it did to the archive. */
  async undo(id, reviewId, options = {}) {
    await this.#to.ask("DELETE", ["flags", id, "reviews", reviewId], options);
  }
}

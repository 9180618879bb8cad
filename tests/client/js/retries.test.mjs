// What the client sends again, and what it does not; through a proxy that fails as planned.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";

import {
  ConnectionFailed, NotFound, OverLimit, Refrain, ServiceFault, Unavailable, UnexpectedAnswer,
} from "../../../client-js/refrain.js";

const { SERVICE, KEY, LIMITED } = process.env;
const QUICK = { firstWaitS: 0.01, longestWaitS: 0.02, deadlineS: 20 };
const DROP = "drop"; // ends the connection without asking the service
const LOSE = "lose"; // asks the service, and ends the connection instead of passing its answer on
const HANG = "hang"; // answers nothing
let plan = [];
let passed = [];
let proxy;
let url;

before(async () => {
  proxy = createServer(async (asked, answer) => {
    const parts = [];
    for await (const part of asked) parts.push(part);
    passed.push({ method: asked.method, key: asked.headers["idempotency-key"], cookie: asked.headers.cookie });
    const what = plan.shift();
    if (Array.isArray(what)) return answer.writeHead(what[0], what[1]).end(what[2] ?? "");
    if (what === HANG) return undefined;
    if (what === DROP) return asked.socket.destroy();
    const { host, connection, "content-length": length, ...headers } = asked.headers;
    const body = parts.length ? Buffer.concat(parts) : undefined;
    const given = await fetch(SERVICE + asked.url, { method: asked.method, headers, body });
    const text = await given.text();
    if (what === LOSE) return asked.socket.destroy();
    const kept = ["content-type", "retry-after"].filter((name) => given.headers.has(name));
    return answer.writeHead(given.status, Object.fromEntries(kept.map((name) => [name, given.headers.get(name)]))).end(text);
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${proxy.address().port}`;
});
beforeEach(() => {
  plan = [];
  passed = [];
});
after(() => {
  proxy.closeAllConnections();
  proxy.close();
});

test("a check whose answer is lost is sent again under one key and recorded once", async () => {
  const refrain = new Refrain(url, KEY, { retries: QUICK });
  plan = [DROP, LOSE, [503, { "retry-after": "0" }], LOSE];
  const check = await refrain.check("Said to a service that is hard to reach.");
  assert.equal(passed.length, 5);
  assert.equal(new Set(passed.map((one) => one.key)).size, 1);
  assert.ok(passed[0].key);
  const same = [];
  for await (const one of refrain.listChecks()) if (one.text === check.text) same.push(one.id);
  assert.deepEqual(same, [check.id]);
});

test("a key of the caller's own holds across calls, and is sent for what writes alone", async () => {
  const refrain = new Refrain(url, KEY, { retries: QUICK });
  const ask = () => refrain.check("Under a key of its own.", {}, { idempotencyKey: "cms-js-1" });
  assert.equal((await ask()).id, (await ask()).id);
  await refrain.status();
  assert.deepEqual(passed.map((one) => one.key), ["cms-js-1", "cms-js-1", undefined]);
});

for (const status of [408, 429, 502, 503, 504]) {
  test(`${status} is asked again`, async () => {
    plan = [[status], [status]];
    assert.equal((await new Refrain(url, KEY, { retries: QUICK }).status()).ready, true);
    assert.equal(passed.length, 3);
  });
}

test("what will not pass is not asked again", async () => {
  const refrain = new Refrain(url, KEY, { retries: QUICK });
  const failures = [
    [500, ServiceFault, ""], [404, NotFound, "<p>no problem of ours"], [302, UnexpectedAnswer, ""], [418, UnexpectedAnswer, ""],
    [200, UnexpectedAnswer, "<p>a page"],
  ];
  for (const [status, error, text] of failures) {
    plan = [[status, { location: `${url}/elsewhere` }, text]];
    passed = [];
    await assert.rejects(refrain.status(), error, String(status));
    assert.equal(passed.length, 1);
  }
});

test("a wait that would end after the deadline is an error at once, and says how long it is", async () => {
  const refrain = new Refrain(url, KEY, { retries: QUICK });
  for (const after of ["3600", new Date(Date.now() + 3_600_000).toUTCString()]) {
    plan = [[429, { "retry-after": after }]];
    await assert.rejects(refrain.status(), (error) => {
      assert.ok(error instanceof OverLimit);
      assert.ok(error.retryAfterS > 3_000 && error.retryAfterS <= 3_600, String(error.retryAfterS));
      return true;
    });
  }
  assert.equal(passed.length, 2);
  plan = ["0", "Sun, 23 May 2021 12:00:00 GMT", "in a while"].map((value) => [503, { "retry-after": value }]);
  assert.equal((await refrain.status()).ready, true);
});

test("a quota of the service that is used up says when there is more", async () => {
  const refrain = new Refrain(url, LIMITED, { retries: QUICK });
  await refrain.check("The one check of this hour.");
  await assert.rejects(refrain.check("One too many."), (error) => {
    assert.ok(error instanceof OverLimit);
    assert.deepEqual(error.problem["violated-policies"], ["key"]);
    assert.ok(error.retryAfterS > 0);
    return true;
  });
});

test("after the deadline the last failure is thrown", async () => {
  const brief = new Refrain(url, KEY, { retries: { deadlineS: 0.3, firstWaitS: 0.05 } });
  plan = Array(1_000).fill([503]);
  await assert.rejects(brief.status(), Unavailable);
  assert.ok(passed.length > 1);
  plan = Array(1_000).fill(DROP);
  await assert.rejects(brief.status(), (error) => error instanceof ConnectionFailed && error.cause instanceof Error);
  plan = Array(1_000).fill(HANG);
  await assert.rejects(brief.status(), (error) => error instanceof ConnectionFailed && error.cause.name === "TimeoutError");
  passed = [];
  plan = [[503]];
  await assert.rejects(new Refrain(url, KEY, { retries: { deadlineS: 0 } }).status(), Unavailable);
  assert.equal(passed.length, 1);
});

test("a signal ends a call while it is asked, while it waits, and before it began", async () => {
  const refrain = new Refrain(url, KEY);
  const reason = new Error("the text has changed");
  for (const what of [HANG, [503, { "retry-after": "30" }]]) {
    const stop = new AbortController();
    plan = [what];
    passed = [];
    const asked = refrain.check("Soon to be changed.", {}, { signal: stop.signal });
    while (!passed.length) await new Promise((done) => setTimeout(done, 5));
    stop.abort(reason);
    await assert.rejects(asked, (error) => error === reason);
  }
  passed = [];
  await assert.rejects(refrain.check("Never sent.", {}, { signal: AbortSignal.abort(reason) }), (error) => error === reason);
  assert.equal(passed.length, 0);
});

test("what was removed when the answer was lost is removed", async () => {
  const refrain = new Refrain(url, KEY, { retries: QUICK });
  const narrative = await refrain.narratives.record("With a finding");
  const finding = await refrain.findings.record("false", { narrative: narrative.id });
  plan = [LOSE];
  await refrain.findings.remove(finding.id);
  await assert.rejects(refrain.findings.remove(finding.id), NotFound);
});

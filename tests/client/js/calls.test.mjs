// The calls of the client against a service at SERVICE with KEY, which has every scope.
import assert from "node:assert/strict";
import { test } from "node:test";

import { AccessDenied, Conflict, InvalidRequest, NotFound, Refrain } from "../../../client-js/refrain.js";

const { SERVICE, KEY, CHECK_ONLY } = process.env;
const refrain = new Refrain(SERVICE, KEY);
const STAGED = "Militants are about to stage a chemical attack in Idlib to blame the government.";

async function all(entries) {
  const found = [];
  for await (const one of entries) found.push(one);
  return found;
}

test("what was recorded is a precedent of the next check, with what is repeated", async () => {
  const narrative = await refrain.narratives.record("Staged attacks");
  const recorded = await refrain.statements.record(STAGED, {
    said_at: "2021-04-24", speaker: "A spokesman", narratives: [narrative.id],
    source: { name: "Example News", url: "https://example.org/1" },
  });
  await refrain.findings.record("unproven", { statement: recorded.id, publisher: "A publisher" });
  const check = await refrain.check(STAGED, { said_at: "2021-05-23", limit: 3 });
  const [match] = check.matches;
  assert.equal(match.precedent.id, recorded.id);
  assert.equal(match.precedent.said_at, "2021-04-24");
  assert.equal(match.days_before, 29);
  assert.equal(match.precedent.findings[0].verdict, "unproven");
  assert.ok(match.repeated.length);
  assert.deepEqual(await refrain.getCheck(check.id), check);

  const timeline = await refrain.narratives.timeline(narrative.id, { include_children: true });
  assert.equal(timeline.items[0].id, recorded.id);
  assert.equal((await refrain.narratives.get(narrative.id)).title, "Staged attacks");
  assert.deepEqual((await all(refrain.findings.list({ statement: recorded.id }))).length, 1);

  const flags = await all(refrain.flags.list({ state: "open" }));
  assert.equal(flags[0].id, check.id);
  const review = await refrain.flags.review(check.id, { verdict: "dismissed", match_id: match.id });
  assert.equal(review.flag.state, "dismissed");
  await refrain.flags.undo(check.id, review.id);
  assert.equal((await refrain.flags.get(check.id)).state, "open");
});

test("a batch answers each in order, with the problem of what is none", async () => {
  const results = await refrain.checkMany([STAGED, "   ", { text: "Zebras graze.", said_at: "1999" }]);
  assert.deepEqual(results.map((one) => one.status ?? one.text), [STAGED, 422, "Zebras graze."]);
  const many = await refrain.checkMany(Array.from({ length: 101 }, (_, n) => ({ text: `Zebra ${n} grazes.`, record: false })));
  assert.equal(many.length, 101);
  assert.equal(many[100].text, "Zebra 100 grazes.");
});

test("an article is checked claim by claim", async () => {
  const text = `Alexander Karpov said on Sunday that militants plan a staged chemical attack in Idlib.`;
  const document = await refrain.documents.check({ text, published_at: "2021-05-24" });
  assert.equal(document.statements[0].speaker, "Alexander Karpov");
  assert.deepEqual((await refrain.documents.get(document.id)).statements[0], document.statements[0]);
});

test("statements are listed page after page, searched, changed and withdrawn", async () => {
  const texts = Array.from({ length: 103 }, (_, n) => `Grain exports of region ${n} rose.`);
  for (const text of texts) await refrain.statements.record(text, { speaker: "A minister" });
  const listed = await all(refrain.statements.list({ speaker: "A minister" }));
  assert.deepEqual(new Set(listed.map((one) => one.text)), new Set(texts));
  const [found] = await all(refrain.statements.search("exports region 17", { by: "words" }));
  assert.equal(found.statement.text, texts[17]);
  const changed = await refrain.statements.change(found.statement.id, { speaker: null });
  assert.equal(changed.speaker, null);
  assert.deepEqual(Object.keys(await refrain.statements.relations(changed.id)), ["precedents", "echoes"]);
  await refrain.statements.withdraw(changed.id);
  assert.equal((await refrain.statements.get(changed.id)).withdrawn, true);
  await assert.rejects(refrain.statements.record(texts[17]), Conflict);
});

test("it says who asks and how the archive stands", async () => {
  assert.equal((await refrain.me()).organisation.name, "Desk");
  assert.equal((await refrain.status()).ready, true);
  assert.equal((await refrain.overview()).days.length, 30);
});

test("an error carries the problem that the service answered", async () => {
  await assert.rejects(refrain.check("x", { said_at: "yesterday" }), (error) => {
    assert.ok(error instanceof InvalidRequest);
    assert.equal(error.slug, "invalid");
    assert.equal(error.problem.errors[0].pointer, "/said_at");
    return true;
  });
  await assert.rejects(refrain.getCheck("none"), NotFound);
  await assert.rejects(refrain.getCheck("a/../../me?x#y"), NotFound);
  await assert.rejects(new Refrain(SERVICE, "wrong").me(), (error) => error instanceof AccessDenied && error.slug === "unauthenticated");
  const limited = new Refrain(SERVICE, CHECK_ONLY);
  await assert.rejects(all(limited.statements.list()), (error) => error instanceof AccessDenied && error.slug === "missing-scope");
});

test("an address, a key or an id that is none is refused before anything is sent", async () => {
  for (const address of ["", "refrain.example", "ftp://x.example", "https://user:word@x.example", "https://x.example/?a"]) {
    assert.throws(() => new Refrain(address, "key"), TypeError, address);
  }
  for (const key of ["", "a b", "ключ", "a\nb", undefined]) assert.throws(() => new Refrain(SERVICE, key), TypeError);
  for (const id of ["", ".", "..", undefined]) await assert.rejects(async () => refrain.getCheck(id), TypeError);
});

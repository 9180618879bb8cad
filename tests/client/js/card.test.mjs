// The data of a card: what everybody may see, and nothing that could end the script it stands in.
import assert from "node:assert/strict";
import { test } from "node:test";

import { cardHtml, cardOfCheck, cardOfStatement } from "../../../client-js/card-data.js";
import { Refrain } from "../../../client-js/refrain.js";

const refrain = new Refrain(process.env.SERVICE, process.env.KEY);
const WARNED = "The ministry warned that saboteurs are preparing to blow up the dam near the old town.";

test("a card has the public precedents of a check, dated, and neither ids nor scores", async () => {
  const source = { name: "Example News", url: "https://example.org/1", archive_url: "https://archive.example/1" };
  const shown = await refrain.statements.record(WARNED, { said_at: "2020-02", speaker: "A minister", source });
  await refrain.findings.record("unproven", { statement: shown.id, publisher: "A publisher", url: "https://p.example" });
  await refrain.statements.record(WARNED, { said_at: "2020-03-01", speaker: "A source", private: true });
  const gone = await refrain.statements.record(WARNED, { said_at: "2020-04-01", speaker: "A colonel" });
  const check = await refrain.check(WARNED, { said_at: "2021-05-23", limit: 10 });
  assert.equal(check.matches.length, 3);
  await refrain.statements.withdraw(gone.id);
  const card = await cardOfCheck(refrain, check);
  assert.deepEqual(card, {
    version: 1,
    statement: { text: WARNED, language: "en", speaker: null, said_at: "2021-05-23" },
    precedents: [{
      text: WARNED, language: "en", speaker: "A minister", said_at: "2020-02",
      source: { name: "Example News", url: "https://archive.example/1" },
      findings: [{ verdict: "unproven", publisher: "A publisher", url: "https://p.example", published_at: null }],
    }],
  });
  const secret = check.matches.find((one) => one.precedent.speaker === "A source").precedent.id;
  assert.deepEqual((await cardOfCheck(refrain, check, { precedents: [secret] })).precedents, []);
  await assert.rejects(cardOfStatement(refrain, secret), RangeError);
  const later = await refrain.statements.record(WARNED, { said_at: "2021-06-01", speaker: "A governor" });
  assert.deepEqual((await cardOfStatement(refrain, later.id)).precedents, card.precedents);
});

test("a text of a card cannot end its script", () => {
  const card = { text: "</script><script>alert(1)</script><!-- <script> & \u2028" };
  const html = cardHtml(card);
  assert.equal(html.match(/<\/script/g).length, 1);
  assert.ok(!html.includes("<!--"));
  assert.deepEqual(JSON.parse(/json">(.*)<\/script>/s.exec(html)[1]), card);
});

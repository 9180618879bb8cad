// What the types of client-js allow and refuse: read by TypeScript in `make lint`, never run.
import { Refrain, OverLimit, type CheckOut } from "../../../client-js/refrain.js";
import { cardHtml, cardOfCheck } from "../../../client-js/card-data.js";
const refrain = new Refrain("https://x.example", "key", { retries: { deadlineS: 5 } });
const check: CheckOut = await refrain.check("x", { said_at: "2021", limit: 3 }, { signal: new AbortController().signal });
for await (const one of refrain.statements.search("x", { by: "words" })) one.statement.said_at?.length;
const [first] = await refrain.checkMany(["a", { text: "b" }]);
if (first && "matches" in first) first.matches[0]?.precedent.findings[0]?.verdict.length; else first?.detail.length;
console.log(cardHtml(await cardOfCheck(refrain, check)), OverLimit);
// @ts-expect-error an unknown field
await refrain.check("x", { sayd_at: "2021" });
// @ts-expect-error no address
new Refrain();

// The panel: takes requests from the menus and from its form, asks the service, and shows the answer.

import { answer, headline, saidBefore } from "./answer.js";
import { api, say, translate } from "./api.js";
import { claims, positions } from "./claims.js";
import { Refrain } from "./client/refrain.js";
import { button, element, link } from "./element.js";
import { described, Unmet } from "./failures.js";
import { onRequest } from "./requests.js";
import { load, permitted } from "./settings-store.js";
import { articleIn, clear, mark, selectionIn, show } from "./tab.js";

const MOST_CHARACTERS = 5_000;
const PRECEDENTS = 10;
// A sentence is answered at once, or asked again for a moment. An article takes a while, and is asked once.
const SENTENCE = { deadlineS: 10, attemptS: 10 };
const ARTICLE = { deadlineS: 0, attemptS: 120 };
const part = (id) => document.getElementById(id);

let running = null;
let markedTab = null;

translate(document);
part("settings").addEventListener("click", () => api.runtime.openOptionsPage());
part("cancel").addEventListener("click", () => running?.abort());
part("clear").addEventListener("click", clearMarks);
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  run(checkText);
});
part("selected").addEventListener("click", () => run((connect, signal) => checkSelection(connect, signal, activeTab())));
part("page").addEventListener("click", () => run((connect, signal) => checkPage(connect, signal, activeTab())));
onRequest((request) => {
  if (request.kind === "page") return run((connect, signal) => checkPage(connect, signal, request.tabId));
  if (request.kind === "selected") return run((connect, signal) => checkSelection(connect, signal, request.tabId));
  part("text").value = request.text;
  part("said-at").value = "";
  return run(checkText);
});

/** Runs `work(connect, signal)`, where `connect(retries)` gives a client, one at a time: the last one wins. */
async function run(work) {
  running?.abort();
  const own = new AbortController();
  running = own;
  part("failure").replaceChildren();
  part("result").replaceChildren();
  part("cancel").hidden = false;
  part("result").setAttribute("aria-busy", "true");
  part("status").textContent = say("waiting");
  let said = "";
  try {
    said = await work(service, own.signal);
  } catch (error) {
    if (running !== own) return;
    if (own.signal.aborted) said = say("cancelled");
    else fail(error, work);
  }
  if (running !== own) return;
  running = null;
  part("cancel").hidden = true;
  part("result").removeAttribute("aria-busy");
  part("status").textContent = said;
}

async function service(retries) {
  const settings = await load();
  if (!settings) throw new Unmet("notSetUp", { remedy: "settings" });
  if (!(await permitted(settings.address))) throw new Unmet("notPermitted", { remedy: "settings" });
  if (!navigator.onLine && !/^http:/.test(settings.address)) throw new Unmet("offline", { remedy: "retry" });
  return new Refrain(settings.address, settings.key, { retries });
}

function fail(error, work) {
  const { title, detail, remedy } = described(error);
  part("failure").replaceChildren(element("div", { class: "failure" },
    element("p", {}, element("strong", {}, title)),
    detail && element("p", { lang: "en", dir: "auto" }, detail),
    remedy === "settings" && button(say("settings"), () => api.runtime.openOptionsPage()),
    remedy === "retry" && button(say("retry"), () => run(work))));
}

async function checkSelection(connect, signal, tab) {
  const text = await selectionIn(await tab);
  if (!text.trim()) throw new Unmet("nothingSelected");
  part("text").value = text;
  part("said-at").value = "";
  return checkText(connect, signal);
}

async function checkText(connect, signal) {
  const text = part("text").value.trim();
  const length = Array.from(text).length;
  if (!length) throw new Unmet("nothingSelected");
  if (length > MOST_CHARACTERS) throw new Unmet("tooLong", { values: [length, MOST_CHARACTERS] });
  const refrain = await connect(SENTENCE);
  const check = await refrain.check(text, { ...saidAt("said_at"), limit: PRECEDENTS }, { signal });
  part("result").replaceChildren(
    headline(check), ...answer(check), element("p", {}, link(check.html_url, say("openCheck"), { class: "go" })));
  return say("found", check.matches.length);
}

async function checkPage(connect, signal, tab) {
  const refrain = await connect(ARTICLE);
  const tabId = await tab;
  const { text, cut, published } = await articleIn(tabId);
  if (!text) throw new Unmet("nothingRead");
  const typed = saidAt("published_at");
  const date = typed.published_at ? typed : published && { published_at: published };
  const document = await refrain.documents.check({ text, ...date, limit: PRECEDENTS }, { signal });
  const said = document.statements.filter((one) => saidBefore(one.check));
  // The reader may have gone on to another page meanwhile.
  const found = await mark(tabId, positions(document.text, said)).catch(() => said.map(() => false));
  signal.throwIfAborted();
  markedTab = tabId;
  part("clear").hidden = false;
  part("result").replaceChildren(...claims(document, said, found, { cut, show: (index) => showClaim(tabId, index) }));
  return say("claimsFound", said.length, document.statements.length);
}

async function showClaim(tabId, index) {
  try {
    if (!(await show(tabId, index))) throw new Unmet("claimGone");
    part("status").textContent = say("shown");
  } catch (error) {
    fail(error, null);
  }
}

async function clearMarks() {
  if (markedTab !== null) await clear(markedTab);
  markedTab = null;
  part("text").focus();
  part("clear").hidden = true;
  part("status").textContent = say("cleared");
}

function saidAt(name) {
  const written = part("said-at").value.trim();
  return written ? { [name]: written } : {};
}

async function activeTab() {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  if (!tab) throw new Unmet("pageClosed");
  return tab.id;
}

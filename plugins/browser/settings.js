// The settings: nothing is stored before the service has answered that the key is good.

import { api, say, translate } from "./api.js";
import { Refrain } from "./client/refrain.js";
import { element } from "./element.js";
import { described, Unmet } from "./failures.js";
import { addressOf, forget, load, originsOf, release, save } from "./settings-store.js";

const RETRIES = { deadlineS: 0, attemptS: 15 };
const NEEDED = "check";
const part = (id) => document.getElementById(id);

translate(document);
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(connect);
});
part("forget").addEventListener("click", () => attempt(forgetAll));
let stored = null;
restore();

async function restore() {
  stored = await load();
  if (!stored) return;
  part("address").value = stored.address;
  part("key").placeholder = say("keyStored");
}

async function attempt(work) {
  part("failure").replaceChildren();
  part("result").replaceChildren();
  part("status").textContent = say("waiting");
  try {
    part("status").textContent = await work();
  } catch (error) {
    part("status").textContent = "";
    const { title, detail } = described(error);
    part("failure").replaceChildren(element("div", { class: "failure" },
      element("p", {}, element("strong", {}, title)), detail && element("p", { lang: "en", dir: "auto" }, detail)));
  }
}

async function connect() {
  const address = addressOf(part("address").value);
  if (!address) throw new Unmet("addressWrong");
  const key = part("key").value.trim() || (stored?.address === address ? stored.key : "");
  if (!/^[\x21-\x7e]+$/.test(key)) throw new Unmet("keyMissing");
  // Asked for before anything is awaited: the browser shows its question only as an answer to the reader's own act.
  const granted = await api.permissions.request({ origins: [originsOf(address)] });
  if (!granted) throw new Unmet("notPermitted");
  const { key: known, organisation, scopes } = await new Refrain(address, key, { retries: RETRIES }).me();
  if (!scopes.includes(NEEDED)) throw new Unmet("scopeMissing");
  if (stored && originsOf(stored.address) !== originsOf(address)) await release(stored.address);
  await save({ address, key });
  part("key").value = "";
  await restore();
  part("result").replaceChildren(element("div", { class: "success" },
    element("dl", {},
      element("dt", {}, say("organisation")), element("dd", { dir: "auto" }, organisation.name),
      element("dt", {}, say("key")), element("dd", { dir: "auto" }, `${known.name} (${known.hint}…)`),
      element("dt", {}, say("scopes")), element("dd", {}, scopes.join(", ")))));
  return say("connected");
}

async function forgetAll() {
  await forget();
  stored = null;
  part("address").value = "";
  part("key").value = "";
  part("key").placeholder = "";
  return say("forgotten");
}

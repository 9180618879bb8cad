// Lists, makes, rotates and revokes an organisation's keys with the reader's own. Everything is set as text.
"use strict";

const STORED = "refrain-admin-key";
const form = document.getElementById("key-form");
const message = document.getElementById("message");
const section = document.getElementById("keys");

async function ask(method, path, body) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(STORED)}` };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 204) return null;
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail || said.title);
  return said;
}

function button(text, name, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", `${text} the key ${name}`);
  made.addEventListener("click", () => attempt(work));
  return made;
}

function shown(key) {
  const made = document.createElement("section");
  made.className = "match";
  const name = document.createElement("h2");
  name.textContent = `${key.name} (${key.hint}…)`;
  const facts = document.createElement("p");
  facts.className = "quiet";
  const when = (moment) => (moment ? new Date(moment).toLocaleString() : "never");
  const ended = key.revoked_at ? `revoked ${when(key.revoked_at)}` : `ends ${when(key.expires_at)}`;
  facts.textContent = `${key.scopes.join(", ")} · last used ${when(key.last_used_at)} · ${ended}`;
  made.append(name, facts);
  if (!key.revoked_at) {
    made.append(
      button("Rotate", key.name, async () => reveal(await ask("POST", `/v1/keys/${key.id}/rotate`, {}))),
      " ",
      button("Revoke", key.name, () => ask("DELETE", `/v1/keys/${key.id}`)),
    );
  }
  return made;
}

function reveal(made) {
  document.getElementById("secret-text").textContent = made.secret;
  document.getElementById("secret").hidden = false;
}

async function list() {
  const me = await ask("GET", "/v1/me");
  const keys = [];
  let cursor = "";
  do {
    const page = await ask("GET", `/v1/keys?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    keys.push(...page.items);
    cursor = page.next_cursor || "";
  } while (cursor);
  document.getElementById("organisation").textContent = me.organisation.name;
  document.getElementById("list").replaceChildren(...keys.map(shown));
  section.hidden = false;
  form.hidden = true;
}

async function attempt(work) {
  message.textContent = "Working …";
  try {
    await work();
    await list();
    message.textContent = "";
  } catch (error) {
    message.textContent = `That did not work: ${error.message}.`;
    form.hidden = !section.hidden;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(STORED, document.getElementById("key").value.trim());
  attempt(async () => {});
});

document.getElementById("new-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = document.getElementById("name").value.trim();
  const scopes = document.getElementById("scopes").value.trim().split(/[\s,]+/);
  attempt(async () => reveal(await ask("POST", "/v1/keys", { name, scopes })));
});

if (sessionStorage.getItem(STORED)) attempt(async () => {});

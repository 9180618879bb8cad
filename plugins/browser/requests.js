// Requests from the menus to the panel of the same window. They are kept in memory, and each is taken once.

import { api } from "./api.js";

const NAME = "request";
// A panel that is opened later must not send what was chosen long ago.
const STALE_MS = 60_000;

/** Leaves a request: `{ kind: "selection", text }`, `{ kind: "selected" }` (read it from the tab) or `{ kind: "page" }`. */
export function ask(request, tab) {
  const asked = { ...request, tabId: tab.id, windowId: tab.windowId, at: Date.now() };
  return api.storage.session.set({ [NAME]: asked });
}

/** Calls `take` with each request for this window, one that waits included. */
export async function onRequest(take) {
  const { id } = await api.windows.getCurrent();
  const taken = async (request) => {
    if (!request || request.windowId !== id) return;
    await api.storage.session.remove(NAME);
    if (Date.now() - request.at < STALE_MS) take(request);
  };
  api.storage.onChanged.addListener((changes, area) => {
    if (area === "session") taken(changes[NAME]?.newValue);
  });
  taken((await api.storage.session.get(NAME))[NAME]);
}

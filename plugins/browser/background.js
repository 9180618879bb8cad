// Menus, shortcuts and the toolbar's button: each opens the panel and leaves it a request in the session's storage.

import { api } from "./api.js";
import { ask } from "./requests.js";

const TITLES = { "check-selection": "checkSelection", "check-page": "checkPage" };
const CONTEXTS = { "check-selection": ["selection"], "check-page": ["page"] };

// Scripts in pages are ours, but the key is none of their business.
api.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

api.runtime.onInstalled.addListener(async ({ reason }) => {
  await api.contextMenus.removeAll();
  for (const [id, title] of Object.entries(TITLES)) {
    api.contextMenus.create({ id, title: api.i18n.getMessage(title), contexts: CONTEXTS[id] });
  }
  if (reason === "install") api.runtime.openOptionsPage();
});

api.contextMenus.onClicked.addListener((info, tab) => {
  openPanel(tab);
  if (info.menuItemId === "check-selection") ask({ kind: "selection", text: info.selectionText ?? "" }, tab);
  else ask({ kind: "page" }, tab);
});

api.commands.onCommand.addListener(async (name, tab) => {
  openPanel(tab);
  if (name === "check-page") ask({ kind: "page" }, tab);
  else ask({ kind: "selected" }, tab);
});

api.action.onClicked.addListener((tab) => openPanel(tab));

/** Opens the panel at once: after an `await` the browser no longer counts it as the reader's own act. */
function openPanel(tab) {
  const opened = api.sidePanel ? api.sidePanel.open({ windowId: tab.windowId }) : api.sidebarAction.open();
  opened.catch(() => {}); // The request waits for a panel that is opened by hand.
}

// The reader's page, as far as the reader gave access to it: by the menu, a shortcut or the toolbar's button.

import { api } from "./api.js";
import { Unmet } from "./failures.js";

const STYLES = ["marks.css"];

/** The selection of a tab, in whichever of its frames it is. */
export async function selectionIn(tabId) {
  const found = await inPage(tabId, () => globalThis.refrainPage.selection(), [], { allFrames: true });
  const texts = found.filter((one) => one?.text.trim());
  return (texts.find((one) => one.focused) ?? texts[0])?.text ?? "";
}

/** `{ text, cut, published }` of a tab. */
export async function articleIn(tabId) {
  const [article] = await inPage(tabId, () => globalThis.refrainPage.article());
  return article;
}

/** Marks claims in a tab, `{ text, at }`; true for each that was found there. */
export async function mark(tabId, claims) {
  // Styles of the page are not read back: one that was there already would be there twice.
  await unstyled(tabId);
  await api.scripting.insertCSS({ target: { tabId }, files: STYLES });
  const [found] = await inPage(tabId, (given) => globalThis.refrainPage.mark(given), [claims]);
  return found;
}

/** Scrolls a tab to the claim with this index among those that were marked; false where it is gone. */
export async function show(tabId, index) {
  const [shown] = await inPage(tabId, (given) => globalThis.refrainPage.show(given), [index], { loaded: true });
  return shown;
}

/** Takes all marks off a tab. */
export async function clear(tabId) {
  await inPage(tabId, () => globalThis.refrainPage?.clear(), [], { loaded: true }).catch(() => {});
  await unstyled(tabId);
}

async function inPage(tabId, func, args = [], { allFrames = false, loaded = false } = {}) {
  const target = { tabId, allFrames };
  try {
    if (!loaded) await api.scripting.executeScript({ target, files: ["page.js"] });
    const results = await api.scripting.executeScript({ target, func, args });
    if (results.every((one) => one.result === undefined || one.result === null)) throw new Error("nothing came back");
    return results.map((one) => one.result);
  } catch {
    throw new Unmet("pageClosed");
  }
}

function unstyled(tabId) {
  return api.scripting.removeCSS({ target: { tabId }, files: STYLES }).catch(() => {});
}

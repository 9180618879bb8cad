// The browser's extension API: Firefox calls it `browser`, Chromium `chrome`.
export const api = globalThis.browser ?? globalThis.chrome;

/** A sentence of the reader's language, from _locales. */
export function say(name, ...values) {
  return api.i18n.getMessage(name, values.map(String)) || name;
}

/** The language of those sentences: the browser's own may be one that there are none in. */
export const language = () => say("language");

/** Puts the sentences that `data-say` names into a page, and gives it its title, language and direction. */
export function translate(page) {
  page.documentElement.lang = language();
  page.documentElement.dir = api.i18n.getMessage("@@bidi_dir");
  page.title = say(page.documentElement.dataset.title);
  for (const one of page.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
}

// The texts of a page that its reader is given in the page's own words, as [where, text]: what is between tags, names
// and hints of controls. Left out is what others wrote (bdi, dir, another lang), what is code, and what is not shown.
() => {
  const theirs = "bdi:not(.said-why), code, kbd, q, time, script, noscript, style, svg title, [dir], [translate=no], option[lang]";
  const own = document.documentElement.lang;
  const isTheirs = (element) => {
    const root = document.documentElement;
    const told = element.closest("[lang]");
    const apart = element.closest(theirs);
    return (told && told.lang !== own) || (apart && apart !== root);
  };
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!isTheirs(element)) found.push([element.tagName, walker.currentNode.data]);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["title", "placeholder", "alt", "aria-label", "aria-description", "data-label", "data-key-label",
      "data-column", "data-asked", "data-empty"]) {
      const value = element.getAttribute(name);
      if (value && !isTheirs(element)) found.push([`${element.tagName} ${name}`, value]);
    }
  }
  found.push(["title", document.title]);
  return found.map(([where, text]) => [where, text.trim().replace(/\s+/g, " ")]).filter(([, text]) => text);
}

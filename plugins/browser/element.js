// Makers of what the panel shows. Text from elsewhere becomes text: nothing here reads HTML.

/** An element with attributes and children; a string is a text, null and undefined are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children.flat(9).filter((one) => one !== null && one !== undefined));
  return made;
}

/** A link that opens in a tab of its own, or its text alone where the address is none of the web. */
export function link(address, text, attributes = {}) {
  const url = webAddress(address);
  if (!url) return element("span", { dir: "auto" }, text);
  return element("a", { dir: "auto", ...attributes, href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** The address where it is one of http or https, otherwise null. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return ["https:", "http:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A button that calls `act`. */
export function button(text, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** Nodes for a text with marked spans, `{ start, end, kind }` in Unicode code points; what overlaps is marked once. */
export function marked(text, spans) {
  const points = Array.from(text);
  const nodes = [];
  let at = 0;
  for (const { start, end, kind } of [...spans].sort((one, other) => one.start - other.start)) {
    if (!(start >= at && end > start && end <= points.length)) continue;
    nodes.push(points.slice(at, start).join(""), element("mark", { class: kind }, points.slice(start, end).join("")));
    at = end;
  }
  return [...nodes, points.slice(at).join("")].filter((one) => one !== "");
}

/** A date as exactly as it is known: a year, a month, a day or an instant. */
export function date(written, language) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(written) ?? [];
  if (!year) return written;
  const known = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  const moment = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  moment.setUTCFullYear(Number(year));
  const shown = new Intl.DateTimeFormat(language, known).format(moment);
  return element("time", { datetime: [year, month, day].filter(Boolean).join("-") }, shown);
}

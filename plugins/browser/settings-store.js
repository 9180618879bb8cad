// The service's address and the key, in the extension's own storage.

import { api } from "./api.js";

const LOCAL = ["127.0.0.1", "localhost"];

/** The stored `{ address, key }`, or null. */
export async function load() {
  const { address, key } = await api.storage.local.get(["address", "key"]);
  return address && key ? { address, key } : null;
}

export function save({ address, key }) {
  return api.storage.local.set({ address, key });
}

/** Removes all that is stored, and the permission for the service's host. */
export async function forget() {
  const stored = await load();
  await api.storage.local.clear();
  if (stored) await release(stored.address);
}

/** Gives the permission for an address back. */
export async function release(address) {
  await api.permissions.remove({ origins: [originsOf(address)] }).catch(() => {});
}

export function permitted(address) {
  return api.permissions.contains({ origins: [originsOf(address)] });
}

/** The hosts that a request to an address needs permission for. Patterns have no port. */
export function originsOf(address) {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/** The address of a service as it is typed, or null: https, or a service on this computer. */
export function addressOf(typed) {
  const text = typed.trim();
  let url;
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  const safe = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.includes(url.hostname));
  return safe && !url.username && !url.password ? `${url.origin}${url.pathname.replace(/\/+$/, "")}` : null;
}

/* Answers that the server has not acknowledged yet, kept in this browser: opaque ids and letters only. One key for each
   answer, so that two tabs never write over one another. Where storage is refused, memory serves until the page closes. */
const OURS = "exemplarite:";
const PREFIX = `${OURS}answer:`;
const memory = new Map();

export const store = {
  set(key, text) {
    try { localStorage.setItem(key, text); } catch { memory.set(key, text); }
  },
  get(key) {
    try { return localStorage.getItem(key) ?? memory.get(key) ?? null; } catch { return memory.get(key) ?? null; }
  },
  remove(key) {
    memory.delete(key);
    try { localStorage.removeItem(key); } catch { /* It was only in memory. */ }
  },
  keys() {
    try { return [...Object.keys(localStorage), ...memory.keys()]; } catch { return [...memory.keys()]; }
  },
};

export class Kept {
  constructor(agent, attempt) {
    this.prefix = `${PREFIX}${agent}:${attempt}:`;
  }

  /** Keep an answer; what was kept for the same question is overtaken by it. */
  add(item, values) {
    for (const entry of this.list()) if (entry.item === item) this.remove(entry.token);
    const token = newToken();
    store.set(this.prefix + token, JSON.stringify({ item, values, at: Date.now() }));
    return token;
  }

  /** List what is kept, oldest first. */
  list() {
    return store.keys()
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => ({ token: key.slice(this.prefix.length), ...read(store.get(key)) }))
      .filter((entry) => typeof entry.item === "string" && Array.isArray(entry.values))
      .sort((one, other) => one.at - other.at);
  }

  has(token) { return store.get(this.prefix + token) !== null; }

  remove(token) { store.remove(this.prefix + token); }

  clear() { for (const entry of this.list()) this.remove(entry.token); }
}

/** Forget every answer and text of everyone on this device: what signing out does. */
export function forgetAll() {
  for (const key of store.keys()) if (key.startsWith(OURS)) store.remove(key);
}

export function newToken() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  // Over plain http on a host name, randomUUID is missing; getRandomValues is not.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(text) {
  try { return JSON.parse(text) ?? {}; } catch { return {}; }
}

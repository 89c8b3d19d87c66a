/* A text of a draft: saved after each pause, kept here until the server has it. Without this script the form's own
   button saves. What the server does not have yet stands under a key of this tab, so that two tabs keep both texts. */
import { newToken, store } from "./kept.js";
import { Session } from "./session.js";

const PAUSE = 1200;
const LONGEST = 3000; // Typing without a pause is saved all the same.
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 15000;
const form = document.querySelector("[data-writing]");

if (form && !form.elements.texte.readOnly) new Writing(form).start();

function Writing(form) {
  const field = form.elements.texte;
  const words = document.querySelector("[data-words]").dataset;
  const status = document.querySelector("[data-saved-status]");
  const session = new Session(form.dataset.agent, words);
  const prefix = `exemplarite:draft:${form.dataset.agent}:${form.dataset.draft}:${form.dataset.path}:`;
  let mark = newToken();
  let base = Number(form.elements.base.value);
  let known = field.defaultValue; // What the server is known to hold.
  let typingSince = 0;
  let timer = null;
  let running = null;
  let delay = FIRST_DELAY;
  let refused = null;

  this.start = async () => {
    form.elements.page.value = mark;
    await takeUp();
    // Held as long as the tab lives: another tab leaves what this one keeps alone.
    navigator.locks?.request(prefix + mark, () => new Promise(() => {}));
    field.addEventListener("input", typed);
    form.addEventListener("submit", submit);
    document.addEventListener("keydown", (event) => {
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
    });
    document.querySelector("[data-problems]").addEventListener("click", jump);
    addEventListener("online", () => save());
    addEventListener("pagehide", () => { keep(); if (field.value !== known) send(field.value, true).catch(() => {}); });
    if (field.value !== known) typed(); // Something may have been typed before this script arrived.
  };

  /** Take up the newest text that a closed tab left, and hand in the others: they are set aside. */
  async function takeUp() {
    const alive = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name));
    const left = store.keys().filter((key) => key.startsWith(prefix) && !alive.has(key))
      .map((key) => ({ key, ...read(key) })).filter((one) => typeof one.text === "string")
      .sort((one, other) => other.at - one.at);
    for (const one of left) if (one.text === known) store.remove(one.key);
    const [newest, ...older] = left.filter((one) => one.text !== known);
    for (const one of older) await handIn(one);
    if (!newest || field.value !== known) return;
    mark = newest.mark;
    base = newest.base;
    form.elements.page.value = mark;
    form.elements.base.value = base;
    field.value = newest.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function handIn(one) {
    const reply = await put(one.text, one.base, one.mark).catch(() => null);
    if (reply?.ok || reply?.status === 409) store.remove(one.key);
  }

  function typed() {
    if (field.value === known) return;
    typingSince ||= Date.now();
    keep();
    tell("unsaved");
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, LONGEST - (Date.now() - typingSince))));
  }

  function keep() {
    if (field.value === known) store.remove(prefix + mark);
    else store.set(prefix + mark, JSON.stringify({ text: field.value, base, mark, at: Date.now() }));
  }

  function submit(event) {
    if (event.submitter?.name) { clearTimeout(timer); return; }
    event.preventDefault();
    refused = null;
    save();
  }

  function save() {
    clearTimeout(timer);
    running ??= run().finally(() => { running = null; });
    return running;
  }

  async function run() {
    while (field.value !== known && field.value !== refused) {
      typingSince = 0;
      tell("sending");
      const outcome = await send(field.value).catch(() => "wait");
      if (outcome === "stop") return;
      if (outcome === "wait") {
        tell("waiting");
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(delay * 2, LONGEST_DELAY);
      } else delay = FIRST_DELAY;
      if (outcome === "next" && field.value !== known) { typed(); return; }
    }
  }

  function put(text, onto, from, keepalive = false) {
    return fetch(form.getAttribute("action"), {
      method: "PUT",
      keepalive,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": session.token },
      body: JSON.stringify({ text, base: onto, page: from }),
    });
  }

  /** Send a text; tells « next », « wait » (to send again) or « stop » (only the trainer can go on). */
  async function send(text, keepalive = false) {
    const response = await put(text, base, mark, keepalive);
    const reply = await response.json().catch(() => null);
    if (response.ok && reply?.revision) {
      base = reply.revision;
      form.elements.base.value = base;
      acknowledge(text);
      tell("saved", { time: reply.shown });
      refresh(text);
      return "next";
    }
    if (response.status === 409 && reply?.error === "conflict") {
      acknowledge(text); // It is kept on the server, beside the other one.
      tell("conflict", { url: reply.url });
      return "next";
    }
    if (response.status === 401 || reply?.error === "csrf") {
      tell("signing");
      return (await session.renew()) ? "again" : "stop";
    }
    if (response.status >= 500 || response.status === 429) return "wait";
    refused = text;
    tell(response.status === 409 ? "closed" : response.status === 404 ? "other" : "refused", { message: reply?.message });
    return "stop";
  }

  function acknowledge(text) {
    known = text;
    keep();
  }

  function tell(state, { time, url, message } = {}) {
    if (state === "unsaved" && status.querySelector("a")) return; // A conflict stays said.
    if (state === "sending" && status.querySelector("a")) return;
    status.textContent = message ?? words[state].replace("{time}", time ?? "");
    if (url) status.append(" ", Object.assign(document.createElement("a"), { href: url, textContent: words.both }));
  }

  /** Show what the check says now, unless the text has changed meanwhile. */
  async function refresh(text) {
    if (field.hidden) return; // The editor, which stands in its place, asks the check itself.
    try {
      const response = await fetch(form.getAttribute("action"), { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-problems]");
      const shown = document.querySelector("[data-problems]");
      if (fresh && field.value === text && !shown.contains(document.activeElement)) shown.replaceChildren(...fresh.childNodes);
    } catch { /* What is shown stays until the next time. */ }
  }

  function jump(event) {
    const link = event.target.closest("a[data-jump]");
    if (!link) return;
    event.preventDefault();
    const line = Number(link.closest("[data-line]").dataset.line);
    const detail = { line, focus: true };
    if (!field.dispatchEvent(new CustomEvent("editor:show", { detail, cancelable: true }))) return;
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    field.scrollTop = (field.scrollHeight * (line - 1)) / lines.length - field.clientHeight / 3;
  }
}

function read(key) {
  try { return JSON.parse(store.get(key)) ?? {}; } catch { return {}; }
}

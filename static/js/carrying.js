/* The questions of an attempt, carried along by the page: going from one to another asks nothing of the network. Where they
   cannot be had, each is a page of its own. */
const HEADING = "h1";

export class Carried {
  #parts = new Map();
  #seen = new Set();
  #asked = 0;

  /** `part` is the question that the page came with. */
  constructor(part, base) {
    this.part = part;
    this.address = new URL("../questions", new URL(base, location.href)).href;
    this.#parts.set(part.dataset.question, part);
  }

  /** Fetch every question; those that were on screen meanwhile know more of their answers, and stay. */
  async fetch() {
    const turn = this.#asked += 1;
    this.#seen = new Set([this.part]);
    try {
      const response = await fetch(this.address, { headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (turn !== this.#asked) return; // What was asked for since is newer.
      for (const part of page.querySelectorAll("[data-question]")) {
        const isSeen = this.#seen.has(this.#parts.get(part.dataset.question));
        if (!isSeen) this.#parts.set(part.dataset.question, document.adoptNode(part));
      }
    } catch { /* Without the network, the links lead to pages as they always do. */ }
  }

  /** Give the question that stands at an address, if it is carried. */
  find(url) { return this.#parts.get(new URL(url, location.href).pathname); }

  /** Put a question in the place of the one on screen, and say so wherever the page names it. */
  show(part) {
    const { heading, crumb, question } = part.dataset;
    const title = document.querySelector(HEADING);
    document.title = document.title.replace(title.textContent, heading);
    title.textContent = heading;
    const last = document.querySelector(".breadcrumb [aria-current=page]");
    if (last) last.textContent = crumb;
    for (const link of document.querySelectorAll(".overview a")) {
      if (link.getAttribute("href") === question) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    // Changing the language comes back here.
    for (const input of document.querySelectorAll("input[name=next]")) input.value = question;
    this.part.replaceWith(part);
    this.part = part;
    this.#seen.add(part);
    // Whoever listens to the page hears where they are now, and goes on from there with the keyboard.
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }
}

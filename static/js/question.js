/* A question of the graded quiz on the screen: what is chosen is kept at once, and sent. */
import { arrange, enhance } from "./ordering.js";

const TYPING_DELAY = 500;

export class Question {
  #known;
  #fresh;
  #saved;
  #timer = null;
  #shown = "";

  /** `part` is what the page puts in the place of the question before; `tell(state, detail)` says how sending goes. */
  constructor(part, { kept, sender, tell }) {
    Object.assign(this, { part, kept, sender, tell, form: part.querySelector("[data-answer]") });
    this.item = this.form.dataset.item;
    this.#saved = JSON.parse(this.form.dataset.saved);
    this.#fresh = JSON.stringify(this.#saved.length ? this.#saved : this.#values(true));
    const waiting = kept.list().find((entry) => entry.item === this.item);
    this.#known = JSON.stringify(waiting?.values ?? JSON.parse(this.#fresh));
    enhance(this.form);
    if (waiting) this.#show(waiting.values);
    this.#listen();
  }

  #listen() {
    this.form.addEventListener("input", (event) => { if (event.target.type === "text") this.#keepSoon(); });
    this.form.addEventListener("change", (event) => {
      // Several boxes are ticked, and several rows moved, one after the other.
      if (event.target.type === "checkbox" || event.target.matches("select")) this.#keepSoon();
      else this.keep();
    });
  }

  /** Say how its answer fares; of another's, only what is late. */
  say(state, text, isOwn, link) {
    const isLate = ["waiting", "signing"].includes(this.#shown);
    if (!isOwn && (state === "sending" || (state === "saved" && !isLate))) return;
    this.#shown = state;
    const status = this.part.querySelector("[data-saved-status]");
    status.textContent = text;
    if (link) status.append(" ", link);
  }

  /** Keep what is chosen, if it is not known already, and send it. */
  keep() {
    clearTimeout(this.#timer);
    const given = this.#values();
    if (JSON.stringify(given) === this.#known) return;
    this.#known = JSON.stringify(given);
    this.kept.add(this.item, given);
    this.sender.drain();
  }

  /** Keep what is there as an answer: an order left as it was shown is one once it is sent. */
  give() {
    if (!this.#saved.length && this.#known === this.#fresh && !this.isBlank()) this.#known = null;
    this.keep();
  }

  isBlank() { return this.#values().every((value) => value === ""); }

  /** Whether it is answered by ticking letters; in fields otherwise. */
  get isTicked() { return this.#names.length === 0; }

  #keepSoon() {
    clearTimeout(this.#timer);
    // « saved » must not stand beside what is not saved yet.
    this.#known = null;
    this.tell("sending", { item: this.item });
    this.#timer = setTimeout(() => this.keep(), TYPING_DELAY);
  }

  get #names() { return this.form.dataset.fields.split(" ").filter(Boolean); }

  get #boxes() { return [...this.form.querySelectorAll("input[name=choix]")]; }

  /** The values of the form: one for each field, or the letters ticked; `initial` gives those the page came with. */
  #values(initial = false) {
    const names = this.#names;
    if (names.length) return names.map((name) => read(this.form.elements[name], initial).trim());
    return this.#boxes.filter((box) => (initial ? box.defaultChecked : box.checked)).map((box) => box.value).sort();
  }

  #show(given) {
    const names = this.#names;
    names.forEach((name, rank) => { this.form.elements[name].value = given[rank] ?? ""; });
    if (!names.length) for (const box of this.#boxes) box.checked = given.includes(box.value);
    for (const list of this.form.querySelectorAll("[data-ordering]")) arrange(list);
  }
}

function read(control, initial) {
  if (!initial) return control.value;
  if (!control.options) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
}

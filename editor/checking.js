/* Ask the server's check what it says of the text, after each pause, and list it beside the editor. */
import { fix, goTo, nextProblem, placeProblem, problemsField, setProblems } from "./problems.js";

const PAUSE = 500;
const AGAIN = 3000; // After a refusal for want of time.

export class Checker {
  constructor(form, field, words) {
    Object.assign(this, { form, field, words });
    this.list = document.querySelector("[data-problem-list]");
    this.count = document.querySelector("[data-problem-count]");
    this.room = document.querySelector("[data-room]");
    this.shown = "";
  }

  start(view) {
    this.view = view;
    this.field.addEventListener("input", () => this.plan(PAUSE));
    this.list.addEventListener("click", (event) => this.act(event));
    document.querySelector("[data-next-problem]").addEventListener("click", () => nextProblem(view, this.words, 1));
    this.check();
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), delay);
  }

  async check() {
    this.under?.abort();
    this.under = new AbortController();
    const { doc } = this.view.state;
    const response = await fetch(this.form.dataset.check, {
      method: "POST",
      signal: this.under.signal,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      body: JSON.stringify({ path: this.form.dataset.path, text: doc.toString() }),
    }).catch(() => null);
    const reply = await response?.json().catch(() => null);
    if (this.view.state.doc !== doc) return; // The text has changed: another check is on its way.
    if (response?.status === 503) { this.plan(AGAIN); return; }
    if (response?.status === 422 && reply?.message) this.say(reply.message);
    if (!response?.ok || !reply?.problems) return; // What is shown stays until the next time.
    this.room.hidden = !reply.room;
    this.room.querySelector(".alert__text").textContent = reply.room;
    const here = reply.problems.filter((one) => one.path === this.form.dataset.path);
    this.view.dispatch({ effects: setProblems.of(here.map((one) => placeProblem(doc, one))) });
    // Of very many messages only the first come, with the count of all.
    this.show(here, here.length === reply.problems.length ? reply.errors : null, reply.warnings);
  }

  say(text) {
    this.shown = text;
    this.list.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
  }

  show(messages, allErrors, allWarnings) {
    const same = JSON.stringify(messages);
    if (same === this.shown) return;
    const { words } = this, counted = messages.filter((one) => one.severity === "error").length;
    const errors = allErrors ?? counted, warnings = allErrors === null ? messages.length - counted : allWarnings;
    this.count.textContent = words.count.replace("{errors}", errors).replace("{warnings}", warnings);
    const before = [...this.list.querySelectorAll("a, button")].indexOf(document.activeElement);
    if (!messages.length) this.say(words.none);
    else {
      const list = make("ul", { className: "problems" }, ...messages.map((one, rank) => row(one, rank, words)));
      this.list.replaceChildren(list);
    }
    this.shown = same;
    if (before >= 0) { // The keyboard stays where it was.
      const places = [...this.list.querySelectorAll("a, button")];
      (places[Math.min(before, places.length - 1)] ?? this.view.contentDOM).focus();
    }
  }

  act(event) {
    const target = event.target.closest("a, button");
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    const rank = Number(target.closest("[data-rank]")?.dataset.rank ?? -1);
    const problem = this.view.state.field(problemsField)[rank];
    if (!problem) this.check(); // The list of the page, before the first answer of the check.
    else if (target.matches("a")) goTo(this.view, problem, this.words);
    else if (!fix(this.view, problem)) this.check();
  }
}

function make(name, properties, ...children) {
  const one = Object.assign(document.createElement(name), properties);
  one.append(...children);
  return one;
}

/** Write one finding as the page without a script does. */
function row(message, rank, words) {
  const isError = message.severity === "error";
  const place = make("a", { className: "problems__place", href: "#texte" }, words.line.replace("{line}", message.line));
  const tag = make("span", { className: isError ? "tag tag--due" : "tag tag--plain" }, isError ? words.error : words.warning);
  const said = make("p", {}, message.message);
  if (message.fix) said.append(make("br", {}), make("span", { className: "meta" }, message.fix.title));
  const one = make("li", { className: "problems__one" }, make("p", {}, place, " ", tag, " ", make("code", {}, message.code)), said);
  one.dataset.rank = rank;
  if (message.fix?.edits.length) {
    const button = make("button", { type: "button", className: "button button--secondary" }, words.fix);
    button.setAttribute("aria-label", words.fixAt.replace("{line}", message.line).replace("{fix}", message.fix.title));
    one.append(button);
  }
  return one;
}

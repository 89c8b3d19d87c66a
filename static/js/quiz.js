/* The questions of an attempt, of which one is on the screen: going to another keeps what was chosen on the way. */
import { Carried } from "./carrying.js";
import { Question } from "./question.js";

export class Quiz {
  #questions = new Map();

  /** `part` is the question that the page came with; `tools` are what its answers are kept, sent and told with. */
  constructor(part, tools) {
    this.tools = tools;
    this.carried = new Carried(part, tools.base);
  }

  get current() { return this.questionOf(this.carried.part); }

  questionOf(one) {
    if (!this.#questions.has(one)) this.#questions.set(one, new Question(one, this.tools));
    return this.#questions.get(one);
  }

  start() {
    const { kept, sender } = this.tools;
    document.addEventListener("submit", (event) => this.answer(event));
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", () => { if (!this.goTo(location.href)) location.reload(); });
    addEventListener("pagehide", () => this.current.keep());
    addEventListener("pageshow", (event) => { if (event.persisted) sender.drain(); });
    // Another tab may have answered while this one was not looked at.
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.carry(); });
    this.current.keep(); // Something may have been chosen before this script arrived.
    if (kept.list().length) sender.drain();
    this.carry();
  }

  /** Have every question at hand, once the server knows all that was answered here. */
  async carry() {
    if (await this.tools.sender.drain()) await this.carried.fetch();
  }

  say(state, text, item, link) {
    const current = this.current;
    for (const question of this.#questions.values()) {
      const isOwn = question.item === item;
      if (isOwn || question === current) question.say(state, text, isOwn, link());
    }
  }

  async answer(event) {
    const question = this.current;
    if (event.target !== question.form) return;
    const isMark = event.submitter?.name === "marquer";
    if (isMark) question.keep();
    else question.give();
    if (isMark || question.isBlank()) {
      // The server marks, and says what is missing; without it, its page would give way to the browser's own.
      if (navigator.onLine) return;
      event.preventDefault();
      this.tools.tell(isMark ? "unmarked" : question.isTicked ? "missing" : "empty", { item: question.item });
      return;
    }
    event.preventDefault();
    const { next } = question.form.dataset;
    if (this.goTo(next, { asNew: true })) return;
    // The list of answers is worth reading once they have all arrived.
    await this.tools.sender.drain();
    if (this.current === question) location.assign(next);
  }

  follow(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin === location.origin && !link.hash && this.goTo(link.href, { asNew: true })) event.preventDefault();
  }

  /** Show the question at an address; false where it is not carried. */
  goTo(url, { asNew = false } = {}) {
    const found = this.carried.find(url);
    if (!found) return false;
    if (found === this.carried.part) return true;
    this.current.keep();
    if (asNew) history.pushState(null, "", url);
    this.carried.show(found);
    this.tools.session.renewIn(this.current.form);
    if (this.tools.kept.list().length) this.tools.sender.drain();
    // On a phone the question itself comes to the top, not what stands before it on the page.
    if (asNew) document.querySelector("main header").scrollIntoView({ block: "nearest" });
    return true;
  }
}

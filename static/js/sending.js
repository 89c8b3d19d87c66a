/* Sends the kept answers one after the other, again and again with growing delays, until each is acknowledged. */
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30000;

export class Sender {
  /** `base` is the address of the answers, `session` knows the anti-forgery token, `tell(state, detail)` says how it goes. */
  constructor({ kept, base, session, tell }) {
    Object.assign(this, { kept, base, session, tell, running: null, wake: null });
    addEventListener("online", () => this.wake?.());
  }

  /** Send all that is kept. Resolves to true once nothing is left, to false when only the agent can go on. */
  drain() {
    this.wake?.();
    this.running ??= this.run().finally(() => { this.running = null; });
    return this.running;
  }

  async run() {
    let delay = FIRST_DELAY;
    for (let entry; (entry = this.kept.list()[0]);) {
      this.tell("sending", { item: entry.item });
      const outcome = await this.send(entry);
      if (outcome === "wait") {
        this.tell("waiting", { item: entry.item });
        await this.pause(delay);
        delay = Math.min(delay * 2, LONGEST_DELAY);
      } else if (outcome === "stop") return false;
      else delay = FIRST_DELAY;
    }
    return true;
  }

  async send({ token, item, values }) {
    let response;
    try {
      response = await fetch(this.base + encodeURIComponent(item), {
        method: "PUT",
        keepalive: true, // It goes on while the page gives way to the next question.
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.session.token },
        body: JSON.stringify({ token, values }),
      });
    } catch { return "wait"; }
    const reply = await response.json().catch(() => null);
    if (response.ok && reply?.saved_at) return this.done(token, "saved", { item, time: reply.shown });
    if (response.status === 401 || reply?.error === "csrf") return this.renew(item);
    if (response.status === 409 && reply?.error === "submitted") {
      this.kept.clear();
      return this.done(token, "submitted", { item, url: reply.url });
    }
    if (response.status === 409) { // Another answer has this token: this one goes under a new token.
      if (this.kept.has(token)) this.kept.add(item, values);
      return "next";
    }
    if (response.status === 404) return this.stop("other", item);
    if ([400, 413, 422].includes(response.status)) return this.done(token, "refused", { item, message: reply?.message });
    return "wait";
  }

  async renew(item) {
    this.tell("signing", { item });
    return (await this.session.renew()) ? "next" : "stop";
  }

  done(token, state, detail) {
    this.kept.remove(token);
    this.tell(state, detail);
    return "next";
  }

  stop(state, item) {
    this.tell(state, { item });
    return "stop";
  }

  pause(delay) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.wake = () => { clearTimeout(timer); resolve(); };
    }).finally(() => { this.wake = null; });
  }
}

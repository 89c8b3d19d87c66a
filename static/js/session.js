/* The session of the page: its anti-forgery token, and signing in again in place when it has ended. */
export class Session {
  constructor(agent, words) {
    Object.assign(this, { agent, words, dialog: document.querySelector("[data-sign-in]") });
    this.token = document.querySelector("input[name=csrf_token]").value;
    this.renewing = null;
  }

  /** Get a token that works: from another tab's new session, else by asking. False when the agent gave up. */
  renew() {
    this.renewing ??= this.again().finally(() => { this.renewing = null; });
    return this.renewing;
  }

  async again() {
    return (await this.adopt()) || this.ask();
  }

  /** Take the token of a session opened meanwhile in another tab, if it is this agent's. */
  async adopt() {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector("[data-agent] input[name=csrf_token]")?.value;
      if (page.querySelector("[data-agent]")?.dataset.agent !== this.agent || !token) return false;
      // The same token again is one that the server has just refused.
      if (token === this.token) return false;
      this.use(token);
      return true;
    } catch { return false; }
  }

  /** Open the dialog until signing in works; resolves to false when it is closed without. */
  ask() {
    const form = this.dialog.querySelector("form");
    const refusal = this.dialog.querySelector("[data-refusal]");
    return new Promise((resolve) => {
      const end = (worked) => {
        form.removeEventListener("submit", submit);
        this.dialog.removeEventListener("close", close);
        form.reset();
        refusal.textContent = "";
        if (this.dialog.open) this.dialog.close();
        resolve(worked);
      };
      const close = () => end(false);
      const submit = async (event) => {
        event.preventDefault();
        const message = await this.signIn(new FormData(form));
        if (message) refusal.textContent = message;
        else end(true);
      };
      form.addEventListener("submit", submit);
      form.querySelector("[data-later]").onclick = () => this.dialog.close();
      this.dialog.addEventListener("close", close);
      if (!this.dialog.open) this.dialog.showModal();
    });
  }

  /** Sign in; returns what to say when it does not work. */
  async signIn(fields) {
    try {
      const response = await fetch(this.dialog.dataset.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ matricule: fields.get("matricule"), password: fields.get("password") }),
      });
      const reply = await response.json();
      if (!response.ok || !reply.csrf_token) return reply.message || this.words.failed;
      this.use(reply.csrf_token);
      return "";
    } catch { return this.words.failed; }
  }

  use(token) {
    this.token = token;
    this.renewIn(document);
  }

  /** Give the forms in a part of the page the token that works now. */
  renewIn(root) {
    for (const input of root.querySelectorAll("input[name=csrf_token]")) input.value = this.token;
  }
}

/* The graded quiz: each answer is saved as it is chosen, kept here until the server has it, and nothing waits for the
   network. Without this script the same form posts the same values to the same address. */
import { Kept } from "./kept.js";
import { Quiz } from "./quiz.js";
import { Sender } from "./sending.js";
import { Session } from "./session.js";

const part = document.querySelector("[data-question]");
const submission = document.querySelector("[data-submission]");
const form = part?.querySelector("[data-answer]") ?? submission;

if (form) start();

function start() {
  const words = document.querySelector("[data-words]").dataset;
  const { agent, attempt, base, items } = form.dataset;
  const kept = new Kept(agent, attempt);
  const session = new Session(agent, words);
  const sender = new Sender({ kept, base, session, tell });
  const quiz = part ? new Quiz(part, { kept, sender, session, tell, base }) : null;
  let sent = 0;

  function tell(state, { item, time, url, message }) {
    if (state === "saved") sent += 1;
    if (state === "saved") markAnswered(item);
    const text = message ?? words[state]?.replace("{time}", time ?? "") ?? "";
    const link = () => state === "submitted" && Object.assign(document.createElement("a"), { href: url, textContent: words.result });
    if (quiz) return quiz.say(state, text, item, link);
    const status = document.querySelector("[data-saved-status]");
    status.textContent = text;
    if (state === "submitted") status.append(" ", link());
  }

  function markAnswered(item) {
    const answered = document.querySelectorAll(".overview a")[items.split(" ").indexOf(item)];
    answered?.classList.add("overview__answered");
    const said = answered?.querySelector(".sr-only:last-of-type");
    if (said) said.textContent = said.textContent.replace(words.blank, words.answered);
  }

  if (quiz) quiz.start();
  else handIn(kept, sender, tell, () => sent);
}

function handIn(kept, sender, tell, sent) {
  let isLeaving = false;
  submission.addEventListener("submit", async (event) => {
    if (isLeaving) return event.preventDefault(); // A double click hands in once.
    if (kept.list().length === 0 && navigator.onLine) { isLeaving = true; return; }
    event.preventDefault();
    if (kept.list().length === 0) return tell("unsent", {});
    tell("draining", {});
    if (await sender.drain()) { isLeaving = true; submission.submit(); }
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  // What is listed as unanswered was made before these answers arrived.
  if (kept.list().length) sender.drain().then((all) => { if (all && sent() && !isLeaving) location.reload(); });
}

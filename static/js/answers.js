/* The graded quiz: each answer is saved as it is chosen, kept here until the server has it, and nothing waits for the
   network. Without this script the same form posts the same values to the same address. */
import { Kept } from "./kept.js";
import { Sender } from "./sending.js";
import { Session } from "./session.js";

const TYPING_DELAY = 500;
const question = document.querySelector("[data-answer]");
const submission = document.querySelector("[data-submission]");
const form = question ?? submission;

if (form) start();

function start() {
  const words = document.querySelector("[data-words]").dataset;
  const { agent, attempt, base, items } = form.dataset;
  const kept = new Kept(agent, attempt);
  const status = document.querySelector("[data-saved-status]");
  const session = new Session(agent, words);
  const sender = new Sender({ kept, base, session, tell });
  let sent = 0;
  let shown = "";

  function tell(state, { item, time, url }) {
    if (state === "saved") sent += 1;
    if (state === "saved") markAnswered(item);
    // An answer to another question is spoken of only where it is late.
    const isOther = question && item !== form.dataset.item;
    if (isOther && (state === "sending" || (state === "saved" && !["waiting", "signing"].includes(shown)))) return;
    shown = state;
    status.textContent = words[state]?.replace("{time}", time ?? "") ?? "";
    if (state === "submitted") {
      const link = Object.assign(document.createElement("a"), { href: url, textContent: words.result });
      status.append(" ", link);
    }
  }

  function markAnswered(item) {
    const link = document.querySelectorAll(".overview a")[items.split(" ").indexOf(item)];
    link?.classList.add("overview__answered");
    const said = link?.querySelector(".sr-only:last-of-type");
    if (said) said.textContent = said.textContent.replace(words.blank, words.answered);
  }

  if (question) askQuestion(kept, sender, tell);
  else handIn(kept, sender, tell, () => sent);
}

function askQuestion(kept, sender, tell) {
  const item = question.dataset.item;
  const waiting = kept.list().find((entry) => entry.item === item);
  if (waiting) show(waiting.values);
  let known = JSON.stringify(waiting?.values ?? question.dataset.saved.split(" ").filter(Boolean).sort());
  let timer = null;

  function keep() {
    clearTimeout(timer);
    const values = chosen();
    if (JSON.stringify(values) === known) return;
    known = JSON.stringify(values);
    kept.add(item, values);
    sender.drain();
  }

  question.addEventListener("change", (event) => {
    clearTimeout(timer);
    if (event.target.type === "radio") return keep();
    // Several boxes are ticked one after the other; « saved » must not stand beside what is not saved yet.
    known = null;
    tell("sending", { item });
    timer = setTimeout(keep, TYPING_DELAY);
  });
  question.addEventListener("submit", (event) => {
    keep();
    const isMark = event.submitter?.name === "marquer";
    if (isMark || chosen().length === 0) return; // The server answers these itself.
    event.preventDefault();
    location.assign(question.dataset.next);
  });
  addEventListener("pagehide", keep);
  addEventListener("pageshow", (event) => { if (event.persisted) sender.drain(); });
  keep(); // Something may have been chosen before this script arrived.
  if (kept.list().length) sender.drain();
}

function chosen() {
  return [...question.querySelectorAll("input[name=choix]:checked")].map((input) => input.value).sort();
}

function show(values) {
  for (const input of question.querySelectorAll("input[name=choix]")) input.checked = values.includes(input.value);
}

function handIn(kept, sender, tell, sent) {
  let isLeaving = false;
  submission.addEventListener("submit", async (event) => {
    if (isLeaving) return event.preventDefault(); // A double click hands in once.
    if (kept.list().length === 0) { isLeaving = true; return; }
    event.preventDefault();
    tell("draining", {});
    if (await sender.drain()) { isLeaving = true; submission.submit(); }
  });
  addEventListener("pageshow", () => { isLeaving = false; });
  // What is listed as unanswered was made before these answers arrived.
  if (kept.list().length) sender.drain().then((all) => { if (all && sent() && !isLeaving) location.reload(); });
}

/* The graded quiz: each answer is saved as it is chosen, kept here until the server has it, and nothing waits for the
   network. Without this script the same form posts the same values to the same address. */
import { Kept } from "./kept.js";
import { arrange, enhance } from "./ordering.js";
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

  function tell(state, { item, time, url, message }) {
    if (state === "saved") sent += 1;
    if (state === "saved") markAnswered(item);
    // An answer to another question is spoken of only where it is late.
    const isOther = question && item !== form.dataset.item;
    if (isOther && (state === "sending" || (state === "saved" && !["waiting", "signing"].includes(shown)))) return;
    shown = state;
    status.textContent = message ?? words[state]?.replace("{time}", time ?? "") ?? "";
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
  const saved = JSON.parse(question.dataset.saved);
  const fresh = JSON.stringify(saved.length ? saved : values(true));
  const waiting = kept.list().find((entry) => entry.item === item);
  let known = JSON.stringify(waiting?.values ?? JSON.parse(fresh));
  let timer = null;
  enhance(question);
  if (waiting) show(waiting.values);

  function keep() {
    clearTimeout(timer);
    const given = values();
    if (JSON.stringify(given) === known) return;
    known = JSON.stringify(given);
    kept.add(item, given);
    sender.drain();
  }

  function keepSoon() {
    clearTimeout(timer);
    // « saved » must not stand beside what is not saved yet.
    known = null;
    tell("sending", { item });
    timer = setTimeout(keep, TYPING_DELAY);
  }

  question.addEventListener("input", (event) => { if (event.target.type === "text") keepSoon(); });
  question.addEventListener("change", (event) => {
    // Several boxes are ticked, and several rows moved, one after the other.
    if (event.target.type === "checkbox" || event.target.matches("select")) keepSoon();
    else keep();
  });
  question.addEventListener("submit", (event) => {
    const isMark = event.submitter?.name === "marquer";
    // An order left as it was shown is an answer once it is sent.
    if (!isMark && !saved.length && known === fresh && !isBlank(values())) known = null;
    keep();
    if (isMark || isBlank(values())) return; // The server answers these itself.
    event.preventDefault();
    location.assign(question.dataset.next);
  });
  addEventListener("pagehide", keep);
  addEventListener("pageshow", (event) => { if (event.persisted) sender.drain(); });
  keep(); // Something may have been chosen before this script arrived.
  if (kept.list().length) sender.drain();
}

/** The values of the form: one for each field, or the letters ticked; `initial` gives those the page came with. */
function values(initial = false) {
  const names = question.dataset.fields.split(" ").filter(Boolean);
  if (names.length) return names.map((name) => read(question.elements[name], initial).trim());
  return [...question.querySelectorAll("input[name=choix]")]
    .filter((input) => (initial ? input.defaultChecked : input.checked))
    .map((input) => input.value).sort();
}

function read(control, initial) {
  if (!initial) return control.value;
  if (!control.options) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
}

function isBlank(given) { return given.every((value) => value === ""); }

function show(given) {
  const names = question.dataset.fields.split(" ").filter(Boolean);
  names.forEach((name, rank) => { question.elements[name].value = given[rank] ?? ""; });
  if (!names.length) for (const input of question.querySelectorAll("input[name=choix]")) input.checked = given.includes(input.value);
  for (const list of question.querySelectorAll("[data-ordering]")) arrange(list);
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

/* Exercises in the flow: the answer's feedback takes the place of the exercise, and the reader stays where they were.
   Without this script the page comes back at the exercise. */
import { enhance } from "./ordering.js";

const words = document.querySelector("[data-words]")?.dataset ?? {};

enhance(document);

document.addEventListener("submit", (event) => {
  const exercise = event.target.closest("[data-exercise]");
  if (!exercise || event.defaultPrevented) return;
  event.preventDefault();
  const fields = new FormData(event.target, event.submitter);
  const target = event.target.getAttribute("action");
  replace(exercise, target, { method: "POST", body: new URLSearchParams(fields) }, () => event.target.submit());
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-again]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  replace(link.closest("[data-exercise]"), link.href, {}, () => location.assign(link.href));
});

async function replace(exercise, url, options, otherwise) {
  if (exercise.getAttribute("aria-busy")) return; // A double click counts once.
  exercise.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, options);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(exercise.id);
    if (!fresh) return otherwise(); // Another page answers, such as signing in: let the browser show it.
    exercise.replaceWith(document.adoptNode(fresh));
    enhance(fresh);
    focusOn(fresh.querySelector("[data-here], .field__error, .feedback") ?? fresh);
  } catch {
    say(exercise, words.offline);
  } finally {
    exercise.removeAttribute("aria-busy");
  }
}

function focusOn(place) {
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function say(exercise, text) {
  const line = exercise.querySelector("[data-trouble]") ?? document.createElement("p");
  Object.assign(line, { className: "field__error", textContent: text });
  line.dataset.trouble = "";
  line.setAttribute("role", "alert");
  exercise.append(line);
  line.scrollIntoView({ block: "nearest" });
}

/* The preview beside a text: asked for after each short pause, by requests of its own, so that saving never waits for it.
   What is answered in it is asked of the same address and kept nowhere. Without this script the section stays hidden. */
import { enhance } from "./ordering.js";
import { Pages } from "./beside_pages.js";
import { keepTogether } from "./beside_scroll.js";

const PAUSE = 250;
const RETRY = 3000;
const PATIENCE = 20000;
const WIDTHS = { phone: 390, desktop: 1100 };
const section = document.querySelector("[data-beside]");

if (section) new Beside(section).start();

function Beside(section) {
  const field = document.getElementById("texte");
  const frame = section.querySelector("iframe");
  const view = section.querySelector("[data-beside-view]");
  const state = section.querySelector("[data-beside-state]");
  const choices = Object.fromEntries([...section.querySelectorAll("[data-choice]")].map((one) => [one.dataset.choice, one]));
  let pages = null;
  let timer = null;
  let wanted = false;
  let isUnderWay = false;
  let hasShown = false;

  this.start = () => {
    section.hidden = false;
    frame.addEventListener("load", () => {
      // Where the server could not be reached, the browser shows a page of its own, closed to us.
      if (!frame.contentDocument?.querySelector("main")) {
        tell("offline");
        setTimeout(() => { frame.src = frame.dataset.src; }, RETRY);
        return;
      }
      pages = new Pages(frame.contentDocument);
      hasShown = false;
      frame.contentDocument.addEventListener("submit", answer);
      frame.contentDocument.addEventListener("click", follow);
      keepTogether(field, frame, () => choices.langue.value === choices.langue.querySelector("[selected]").value);
      fit();
      show();
    });
    frame.src = frame.dataset.src;
    field.addEventListener("input", () => later(PAUSE));
    for (const one of [choices.corps, choices.langue, choices.vue]) one.addEventListener("change", () => show());
    choices.largeur.addEventListener("change", fit);
    addEventListener("resize", fit);
    addEventListener("online", () => show());
    if (choices.langue.options.length < 2) choices.langue.parentElement.hidden = true;
  };

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(show, delay);
  }

  function tell(name, message) {
    state.textContent = message ?? section.dataset[name];
    const isOld = hasShown && name !== "shown" && name !== "answered";
    section.classList.toggle("beside--old", isOld);
  }

  /** Ask for something about the text as it is typed; null where there is nothing to show, and the state says why. */
  async function ask(more) {
    const sent = { path: section.dataset.path, text: field.value, corps: choices.corps.value, langue: choices.langue.value, vue: choices.vue.value, ...more };
    const token = document.querySelector("input[name=csrf_token]").value;
    const response = await fetch(section.dataset.address, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", Accept: "application/json, text/html", "X-CSRFToken": token },
      body: JSON.stringify(sent),
    });
    const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
    if (response.ok && isPage) return new DOMParser().parseFromString(await response.text(), "text/html");
    const reply = await response.json().catch(() => ({}));
    if (response.ok) tell(reply.here === 0 ? "elsewhere" : hasShown ? "errors" : "nothing");
    else if (response.status === 401 || reply.error === "csrf") { tell("signing"); later(RETRY); }
    else if (response.status >= 500 || response.status === 429) {
      tell("busy");
      later(1000 * (Number(response.headers.get("Retry-After")) || RETRY / 1000));
    } else tell("refused", reply.message);
    return null;
  }

  /** Show the text as it is now; while one is on its way, the next one waits: the sandbox has little room. */
  async function show() {
    clearTimeout(timer);
    wanted = true;
    if (isUnderWay || !pages) return; // The frame asks once it is there.
    isUnderWay = true;
    while (wanted) {
      wanted = false;
      await showOnce();
    }
    isUnderWay = false;
  }

  async function showOnce() {
    try {
      const fresh = await ask({});
      if (!fresh) return;
      enhance(pages.update(fresh));
      hasShown = true;
      if (!wanted) offerCorps(pages.main.dataset); // Another may have been chosen meanwhile.
      tell("shown");
    } catch {
      tell("offline");
      later(RETRY);
    }
  }

  /** Offer the corps that the module is for; the one shown is the server's word. */
  function offerCorps({ corps, audience }) {
    const known = audience.split(" ");
    for (const option of choices.corps.options) option.disabled = option.hidden = !known.includes(option.value);
    choices.corps.value = corps;
  }

  function answer(event) {
    event.preventDefault();
    const form = event.target;
    const query = new URL(form.action, location.href).searchParams;
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrf_token" && name !== "token");
    replace(form, { question: query.get("question"), chemin: query.get("chemin") ?? "", champs: fields });
  }

  function follow(event) {
    const link = event.target.closest("a");
    if (!link || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    if (link.dataset.again) replace(link, { question: link.dataset.again });
    else open(link.href, "_blank", "noopener"); // The frame is for the preview alone.
  }

  async function replace(place, more) {
    const exercise = place.closest("[data-exercise]");
    if (exercise.getAttribute("aria-busy")) return;
    exercise.setAttribute("aria-busy", "true");
    try {
      const fresh = (await ask(more))?.getElementById(exercise.id);
      if (!fresh) return;
      exercise.replaceWith(frame.contentDocument.adoptNode(fresh));
      enhance(fresh.parentElement);
      tell("answered");
      const told = fresh.querySelector("[data-here], .field__error, .feedback") ?? fresh;
      told.setAttribute("tabindex", "-1");
      told.focus({ preventScroll: true });
      told.scrollIntoView({ block: "nearest" });
    } catch {
      tell("offline");
    } finally {
      exercise.removeAttribute("aria-busy");
    }
  }

  /** Give the frame the width of a screen, made smaller where there is no room for it. */
  function fit() {
    const width = WIDTHS[choices.largeur.value];
    const scale = width ? Math.min(1, view.clientWidth / width) : 1;
    frame.style.width = width ? `${width}px` : "100%";
    frame.style.height = `${view.clientHeight / scale}px`;
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  }
}

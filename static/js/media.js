/* Pictures, sounds and films in a text of a draft: chosen, pasted or dropped, described, sent, inserted. Without this
   script the button is a link to the draft's own form. An editor in place of the textarea hands files over by
   CustomEvent("editor:files", {detail: {files}}) on it, and inserts what CustomEvent("editor:insert", {detail: {text}})
   brings while the textarea has data-enhanced. */
import { Session } from "./session.js";

const PLAYED = /\.(mp3|mp4|webm)$/i;
const FILM = /\.(mp4|webm)$/i;
const CAPTIONS = /\.vtt$/i;
const field = document.querySelector("#texte");
const dialog = document.querySelector("[data-media]");

if (field && dialog && !field.readOnly) new MediaDialog().start();

function MediaDialog() {
  const words = dialog.dataset;
  const form = dialog.querySelector("form");
  const { fichier, description, sous_titres: captions, transcription } = form.elements;
  const part = (name) => dialog.querySelector(name);
  const bar = part("progress");
  const button = form.querySelector("[type=submit]");
  const session = new Session(document.querySelector("[data-agent]").dataset.agent, document.querySelector("[data-words]").dataset);
  let waiting = []; // Files that were dropped together, asked about one after another.
  let file = null;
  let request = null;
  let caret = [0, 0]; // A dialog over the page may forget it.
  let isPlaced = false; // Until the text was entered, what is added comes at its end: it begins with its options.

  this.start = () => {
    const opener = document.querySelector("[data-media-open]");
    opener.setAttribute("role", "button");
    opener.addEventListener("click", (event) => { event.preventDefault(); ask(null); });
    opener.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); ask(null); } });
    document.querySelector("[data-media-hint]").hidden = false;
    field.addEventListener("focus", () => { isPlaced = true; });
    field.addEventListener("paste", (event) => {
      // A word processor puts a picture of its words beside them: the words are meant.
      if (!event.clipboardData.types.includes("text/plain")) take(event, event.clipboardData.files);
    });
    field.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    field.addEventListener("drop", (event) => take(event, event.dataTransfer.files));
    field.addEventListener("editor:files", (event) => take(event, event.detail.files));
    fichier.addEventListener("change", () => choose(fichier.files[0] ?? null));
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    part("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", closed);
  };

  function take(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    waiting.push(...files);
    if (!dialog.open) ask(waiting.shift());
  }

  function ask(given) {
    form.reset();
    tell("");
    choose(given);
    caret = isPlaced ? [field.selectionStart, field.selectionEnd] : [field.value.length, field.value.length];
    dialog.showModal();
    (given ? description : fichier).focus();
  }

  function choose(given) {
    file = given;
    const name = given?.name ?? "";
    const label = part("[data-described] label");
    part("[data-name]").textContent = given && given !== fichier.files[0] ? `${name} (${Math.max(1, Math.round(given.size / 1000))} ko)` : "";
    part("[data-played]").hidden = !PLAYED.test(name);
    part("[data-film]").hidden = !FILM.test(name);
    part("[data-described]").hidden = CAPTIONS.test(name);
    label.textContent = PLAYED.test(name) ? label.dataset.labelPlayed : label.dataset.labelPicture;
    refuse(given && given.size > Number(words.largest) ? words.heavy : "");
  }

  function send() {
    const said = description.value.trim();
    if (request) return;
    if (!file) { refuse(words.nothing, fichier); return; }
    if (file.size > Number(words.largest)) { refuse(words.heavy, fichier); return; }
    if (!said && !CAPTIONS.test(file.name)) { refuse(words.undescribed, description); return; }
    const fields = new FormData();
    fields.set("fichier", file);
    fields.set("description", said);
    fields.set("langue", form.elements.langue.value);
    fields.set("transcription", PLAYED.test(file.name) ? transcription.value : "");
    if (FILM.test(file.name) && captions.files[0]) fields.set("sous_titres", captions.files[0]);
    refuse("");
    busy(true);
    request = new XMLHttpRequest();
    request.open("POST", words.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", session.token);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) show(event.loaded / event.total); });
    request.upload.addEventListener("load", () => tell(words.reading));
    request.addEventListener("load", answered);
    request.addEventListener("error", () => end(words.cut));
    request.send(fields);
  }

  async function answered() {
    const { status } = request;
    const reply = read(request.responseText);
    if (status === 201 && reply?.path) { done(reply); return; }
    if (status === 401 || reply?.error === "csrf") {
      end("");
      if (await session.renew()) send();
      return;
    }
    end(reply?.message ?? ({ 413: words.heavy, 429: words.often }[status] ?? words.failed));
  }

  function done(reply) {
    end("");
    dialog.close();
    if (reply.markdown) insert(reply.is_block ? `\n\n${reply.markdown}\n\n` : reply.markdown, caret);
    const told = reply.markdown ? words.added : words.kept;
    document.querySelector("[data-media-told]").textContent = told.replace("{path}", reply.path);
  }

  function end(refusal) {
    request = null;
    busy(false);
    tell("");
    refuse(refusal);
  }

  function closed() {
    if (request) { request.abort(); request = null; busy(false); }
    const next = waiting.shift();
    if (next) setTimeout(() => ask(next));
  }

  function show(share) {
    bar.value = Math.round(share * 100);
    tell(words.sending.replace("{part}", bar.value));
  }

  function busy(is) {
    bar.hidden = !is;
    bar.value = 0;
    button.disabled = is;
  }

  function tell(text) { part("[data-status]").textContent = text; }

  function refuse(text, where) {
    part("[data-refusal]").textContent = text;
    for (const one of [fichier, description]) one.setAttribute("aria-invalid", Boolean(text) && one === where);
    where?.focus();
  }
}

/** Put a text where the caret was, so that it can be undone like what is typed. */
function insert(text, [start, end]) {
  if ("enhanced" in field.dataset) {
    field.dispatchEvent(new CustomEvent("editor:insert", { detail: { text } }));
    return;
  }
  field.focus();
  field.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, text)) return; // It tells of the input itself.
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function read(text) {
  try { return JSON.parse(text); } catch { return null; }
}

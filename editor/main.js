/* The trainers' editor over the textarea `#texte`, which stays the form's truth: it holds the text at every moment
   and hears `input` at every change, so that what saves it needs not know of the editor. Bundled at set-up; without
   the bundle the textarea is there, and works.

   While it stands the textarea has `data-enhanced`. Events on it, for the other scripts of the page:
     heard   "input"            its value was set by another script: the editor shows it
             "editor:show"      {line, column?, endLine?, endColumn?, focus?}: bring a line, or the part of one that 3.5
                                stands for, to the top; with `focus`, go there. Cancelled by the editor: whoever sends it need do nothing else
             "editor:insert"    {text}: insert at the cursor and go there; at the end, until somebody entered the text
     sent    "input"            at each change
             "editor:scrolled"  {line}: the first line in view, from 1, with the part of it that is above, after the reader scrolled
             "editor:files"     {files}: files were pasted or dropped, and left alone by the editor */
import { history, historyKeymap, insertNewline, redo, standardKeymap, undo } from "@codemirror/commands";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorSelection, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { completing } from "./completing.js";
import { highlighting } from "./highlighting.js";
import { listenToInserts } from "./inserting.js";
import { look } from "./look.js";
import { Checker } from "./checking.js";
import { positionOf, problems } from "./problems.js";
import { handOverFiles, typePlainly } from "./typing.js";

const MIRRORED = Annotation.define(); // What the textarea held first.
const STILL = 200; // Milliseconds in which a scroll asked for by another script is not told back.
const field = document.querySelector("textarea[data-editor]");
const tools = document.querySelector("[data-editor-tools]");

if (field && tools && !field.readOnly) open(JSON.parse(tools.dataset.editorTools));

function open({ words, phrases, dialect }) {
  const form = field.form;
  const checker = new Checker(form, field, words);
  const hadFocus = document.activeElement === field;
  const handOver = (event, to) => handOverFiles(event, to, field);
  const view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      selection: { anchor: Math.min(field.selectionStart, field.value.length) },
      extensions: [
        EditorView.cspNonce.of(tools.dataset.nonce), EditorState.phrases.of(phrases), history(), lineNumbers(),
        EditorView.lineWrapping, highlighting(dialect), problems(words), completing(dialect, tools.dataset.aids),
        search({ top: true }), look,
        // Tab is left out on purpose: it leaves the editor.
        keymap.of([...searchKeymap, ...historyKeymap, { key: "Enter", run: insertNewline }, ...standardKeymap]),
        EditorView.contentAttributes.of({
          "aria-labelledby": "texte-nom", "aria-describedby": "texte-aide", spellcheck: "true", tabindex: "0", lang: tools.dataset.language,
        }),
        EditorView.domEventHandlers({ beforeinput: typePlainly, paste: handOver, drop: handOver }),
        EditorView.updateListener.of(mirror),
      ],
    }),
  });
  field.after(view.dom);
  field.hidden = true;
  field.dataset.enhanced = "";
  if (hadFocus) view.focus();
  for (const one of document.querySelectorAll("[data-with-editor]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-editor]")) one.hidden = true;
  listen(view);
  listenToInserts(view, { form, tools, words });
  checker.start(view);
}

/** Bring what was typed to the textarea. */
function mirror(update) {
  if (!update.docChanged || update.transactions.some((one) => one.annotation(MIRRORED))) return;
  field.value = update.state.doc.toString();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Show what another script put in the textarea: only what differs is replaced. */
function follow(view) {
  const now = view.state.doc.toString(), wanted = field.value;
  if (now === wanted) return;
  const most = Math.min(now.length, wanted.length);
  let start = 0, end = 0;
  while (start < most && now[start] === wanted[start]) start += 1;
  while (end < most - start && now.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  view.dispatch({
    changes: { from: start, to: now.length - end, insert: wanted.slice(start, wanted.length - end) },
    annotations: MIRRORED.of(true),
  });
}

function listen(view) {
  let stillUntil = 0, asked = false;
  let isEntered = view.hasFocus; // Until then the cursor stands before the options that the text begins with.
  view.contentDOM.addEventListener("focus", () => { isEntered = true; });
  field.addEventListener("input", () => follow(view));
  field.addEventListener("editor:insert", ({ detail }) => {
    if (!isEntered) view.dispatch({ selection: { anchor: view.state.doc.length } });
    view.dispatch(view.state.replaceSelection(detail.text), { scrollIntoView: true, userEvent: "input.paste" });
    view.focus();
  });
  field.addEventListener("editor:show", (event) => {
    event.preventDefault();
    stillUntil = performance.now() + STILL;
    show(view, event.detail);
  });
  view.scrollDOM.addEventListener("scroll", () => {
    if (asked || performance.now() < stillUntil) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const top = view.scrollDOM.getBoundingClientRect().top - view.documentTop;
      const block = view.lineBlockAtHeight(top);
      const above = Math.min(Math.max((top - block.top) / block.height, 0), 0.999);
      const detail = { line: view.state.doc.lineAt(block.from).number + above };
      field.dispatchEvent(new CustomEvent("editor:scrolled", { detail }));
    });
  });
  document.querySelector("label[for=texte]").addEventListener("click", () => view.focus());
  document.querySelector("[data-undo]").addEventListener("click", () => { undo(view); view.focus(); });
  document.querySelector("[data-redo]").addEventListener("click", () => { redo(view); view.focus(); });
}

function show(view, { line, column, endLine, endColumn, focus }) {
  const { doc } = view.state;
  const from = positionOf(doc, Math.floor(line), column ?? 1);
  const to = endLine ? positionOf(doc, endLine, endColumn ?? 1) : column ? from : doc.lineAt(from).to;
  const range = EditorSelection.range(from, to);
  if (!focus) { bringToTop(view, from, line % 1); return; }
  view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: "center" }) });
  view.focus();
}

/** Scroll the editor and nothing around it. Lines far away have a height once they are near: asked again then. */
function bringToTop(view, position, part, more = 2) {
  if (position > view.state.doc.length) return;
  const block = view.lineBlockAt(position);
  view.scrollDOM.scrollTop = block.top + view.documentPadding.top + part * block.height;
  if (more) requestAnimationFrame(() => bringToTop(view, position, part, more - 1));
}

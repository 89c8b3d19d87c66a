/* What the check says, kept in place while the text changes: underlined, marked in the gutter, told at its place. */
import { EditorSelection, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter, hoverTooltip, keymap } from "@codemirror/view";

export const setProblems = StateEffect.define();

/** Give the position of a line and column as the check counts them: from 1, in characters and not in UTF-16 units. */
export function positionOf(doc, line, column) {
  const place = doc.line(Math.max(1, Math.min(line, doc.lines)));
  let at = 0;
  for (let rest = column - 1; rest > 0 && at < place.length; rest -= 1) at += place.text.codePointAt(at) > 0xffff ? 2 : 1;
  return place.from + at;
}

/** Turn a message of the check about this very text into what is kept. */
export function placeProblem(doc, message) {
  const edits = message.fix?.edits.map((one) => ({
    from: positionOf(doc, one.line, one.column), to: positionOf(doc, one.end_line, one.end_column), insert: one.text,
  }));
  const from = positionOf(doc, message.line, message.column);
  const to = Math.max(from, positionOf(doc, message.end_line, message.end_column));
  return { ...message, from, to, edits: edits?.length ? edits : null };
}

/** Move a problem with the text; a fix whose place was touched waits for the next check. */
function moved(problem, changes) {
  const from = changes.mapPos(problem.from, 1), to = Math.max(from, changes.mapPos(problem.to, -1));
  const touched = problem.edits?.some((one) => changes.touchesRange(one.from, one.to));
  const edits = touched ? null : problem.edits?.map((one) => {
    const start = changes.mapPos(one.from, 1);
    return { ...one, from: start, to: Math.max(start, changes.mapPos(one.to, -1)) };
  });
  return { ...problem, from, to, edits: edits ?? null };
}

export const problemsField = StateField.define({
  create: () => [],
  update(kept, transaction) {
    const set = transaction.effects.find((one) => one.is(setProblems));
    if (set) return set.value;
    return transaction.docChanged ? kept.map((one) => moved(one, transaction.changes)) : kept;
  },
});

function underline(state) {
  const marks = [];
  for (const one of state.field(problemsField)) {
    const line = state.doc.lineAt(one.from);
    const to = one.to > one.from ? one.to : Math.min(line.to, one.from + 1);
    if (to <= one.from) continue;
    const name = one.severity === "error" ? "cm-problem cm-problem--error" : "cm-problem";
    marks.push(Decoration.mark({ class: name }).range(one.from, to));
  }
  return Decoration.set(marks, true);
}

class Mark extends GutterMarker {
  constructor(isError, text) { super(); this.isError = isError; this.text = text; }
  eq(other) { return other.isError === this.isError && other.text === this.text; }
  toDOM() {
    const dom = document.createElement("span");
    dom.className = this.isError ? "cm-marker cm-marker--error" : "cm-marker";
    dom.textContent = this.isError ? "✕" : "▲"; // Told apart by their shape.
    dom.title = this.text;
    return dom;
  }
}

function marks(state) {
  const lines = new Map();
  for (const one of state.field(problemsField)) {
    const { from } = state.doc.lineAt(one.from);
    lines.set(from, [...(lines.get(from) ?? []), one]);
  }
  const found = [...lines].map(([from, here]) => {
    const isError = here.some((one) => one.severity === "error");
    return new Mark(isError, here.map((one) => `${one.code} : ${one.message}`).join("\n")).range(from);
  });
  return RangeSet.of(found, true);
}

function at(state, position) {
  return state.field(problemsField).filter((one) => one.from <= position && position <= Math.max(one.to, one.from + 1));
}

const told = hoverTooltip((view, position) => {
  const here = at(view.state, position);
  if (!here.length) return null;
  return {
    pos: here[0].from, above: true,
    create() {
      const dom = document.createElement("div");
      for (const one of here) dom.append(Object.assign(document.createElement("p"), { textContent: `${one.code} : ${one.message}` }));
      return { dom };
    },
  };
});

/** Apply the fix of a problem as one change, which can be undone as one. */
export function fix(view, problem) {
  if (!problem?.edits || view.state.readOnly) return false;
  const changes = [...problem.edits].sort((one, other) => one.from - other.from || one.to - other.to);
  const set = view.state.changes(changes);
  const anchor = set.mapPos(changes[0].to, 1);
  view.dispatch({ changes: set, selection: { anchor }, scrollIntoView: true, userEvent: "input.fix" });
  view.focus();
  return true;
}

/** Go to a problem and say it. */
export function goTo(view, problem, words) {
  const range = EditorSelection.range(problem.from, problem.to);
  const kind = problem.severity === "error" ? words.error : words.warning;
  view.dispatch({
    selection: range,
    effects: [
      EditorView.scrollIntoView(range, { y: "center" }),
      EditorView.announce.of(`${kind} ${problem.code} : ${problem.message}`),
    ],
  });
  view.focus();
}

export function nextProblem(view, words, direction) {
  const found = [...view.state.field(problemsField)].sort((one, other) => one.from - other.from);
  if (!found.length) {
    view.dispatch({ effects: EditorView.announce.of(words.none) });
    return true;
  }
  const { main } = view.state.selection;
  const after = found.filter((one) => (direction > 0 ? one.from > main.from : one.from < main.from));
  const next = direction > 0 ? after[0] ?? found[0] : after.at(-1) ?? found.at(-1);
  goTo(view, next, words);
  return true;
}

export function problems(words) {
  return [
    problemsField,
    EditorView.decorations.compute([problemsField, "doc"], underline),
    gutter({ class: "cm-problems", markers: (view) => marks(view.state), initialSpacer: () => new Mark(false, "") }),
    told,
    keymap.of([
      { key: "F8", run: (view) => nextProblem(view, words, 1), shift: (view) => nextProblem(view, words, -1) },
      { key: "Alt-Enter", run: (view) => fix(view, at(view.state, view.state.selection.main.from).find((one) => one.edits)) },
    ]),
  ];
}

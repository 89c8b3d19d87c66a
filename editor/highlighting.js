/* The colours of the dialect, line by line as its scanner reads it. What the labels, parts, keys and call-outs are is
   told by the server, so that there is one list of them. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { Tag } from "@lezer/highlight";

const NAMES = ["mark", "type", "heading", "id", "option", "value", "right", "wrong", "partial", "letter", "feedback", "arrow",
  "gap", "part", "callout", "scene", "link", "strong", "emphasis", "code", "key", "bad"];
const TAGS = Object.fromEntries(NAMES.map((name) => [name, Tag.define(name)]));
const CALL_OUT = /^([ \t]*>[ \t]?)(\[!([A-Z]+)\])[ \t]*$/;
const ANSWER = /^( {0,3}[-*+][ \t]+)(?:(\[[xX]\])|(\[ \])|(\[[ \t]*\d{1,3}[ \t]*%[ \t]*\]))[ \t]*([A-Za-z]\))?/;
const BRANCH = /^( {0,3}[-*+][ \t]+\[)([^\]]*)(\]\()(#[^)\s]*)(\))/;
const LIST = /^( {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+)/;
const QUOTE = /^([ \t]*>)[ \t]?/;
const INLINE = /(\[\[[^[\]]*\]\])|(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*\s][^*]*\*)|(\[[^[\]]*\]\([^()\s]*\))|(->|→)/g;
const INLINE_NAMES = ["gap", "code", "strong", "emphasis", "link", "arrow"];
const TOKEN = /(#[a-z0-9]+(?:-[a-z0-9]+)*)(?=\s|$)|(\.(?:evaluation|reflexe|animation))(?=\s|$)|([a-z]+=)("[^"]*"|\S+)|(\S+)/g;
const LONGEST = 5000; // A longer line is an error, and is not worth colours.

export function highlighting(dialect) {
  const classify = makeClassifier(dialect);
  const language = StreamLanguage.define({
    name: "dialect",
    startState: () => ({ line: 0, front: false, fence: "", spans: [] }),
    copyState: (state) => ({ ...state }),
    blankLine: (state) => { state.line += 1; },
    token(stream, state) {
      if (stream.sol()) { state.spans = classify(stream.string, state); state.line += 1; }
      const next = state.spans.find((one) => one.to > stream.pos);
      if (!next) { stream.skipToEnd(); return null; }
      const inside = next.from <= stream.pos;
      stream.pos = inside ? next.to : next.from;
      return inside ? next.name : null;
    },
    tokenTable: TAGS,
  });
  const style = HighlightStyle.define(NAMES.map((name) => ({ tag: TAGS[name], class: `dialect-${name}` })));
  return [language, syntaxHighlighting(style)];
}

/** Give spans one after the other: lengths with names, the empty name for what has no colour. */
function inARow(...parts) {
  const spans = [];
  let at = 0;
  for (const [text, name] of parts) {
    const length = text?.length ?? 0;
    if (name && length) spans.push({ from: at, to: at + length, name });
    at += length;
  }
  return { spans, at };
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s\u00a0\u202f]+/g, " ").trim();

function makeClassifier({ labels, otherLabels, parts, otherParts, callOuts, keys, options }) {
  const types = new Set([...labels, ...otherLabels].map(folded));
  const partNames = new Set([...parts, ...otherParts].map(folded));
  const known = new Set([...Object.values(options).flat(), "avis"]);

  return function classify(line, state) {
    if (line.length > LONGEST) return [];
    if (state.line === 0 && /^---\s*$/.test(line)) { state.front = true; return inARow([line, "mark"]).spans; }
    if (state.front) return front(line, state);
    const fence = /^\s*(?:>\s*)*(`{3,}|~{3,})/.exec(line);
    if (fence) {
      if (!state.fence) state.fence = fence[1];
      else if (fence[1].startsWith(state.fence)) state.fence = "";
      return inARow([line, "code"]).spans;
    }
    if (state.fence) return inARow([line, "code"]).spans;
    return heading(line) ?? block(line);
  };

  function front(line, state) {
    if (/^(---|\.\.\.)\s*$/.test(line)) { state.front = false; return inARow([line, "mark"]).spans; }
    const key = /^([^\s:#[-][^:]*)(:)/.exec(line);
    return key ? inARow([key[1], keys.includes(key[1]) ? "key" : "bad"], [":", "mark"]).spans : [];
  }

  function heading(line) {
    const marks = /^ {0,3}(#{1,6})[ \t]+/.exec(line);
    if (!marks) return null;
    const open = line.trimEnd().endsWith("}") ? line.lastIndexOf("{") : -1;
    const end = open < 0 ? line.length : open;
    const title = line.slice(marks[0].length, end), colon = title.indexOf(":");
    const isType = marks[1].length === 3 && colon > 0 && types.has(folded(title.slice(0, colon)));
    const isScene = marks[1].length === 4 && /^[a-z0-9]+(?:-[a-z0-9]+)*\s*$/.test(title);
    const head = isType
      ? [[title.slice(0, colon), "type"], [":", "mark"], [title.slice(colon + 1), "heading"]]
      : [[title, isScene ? "scene" : "heading"]];
    return [...inARow([marks[0], "mark"], ...head).spans, ...(open < 0 ? [] : braces(line, open))];
  }

  function braces(line, open) {
    const close = line.indexOf("}", open), inside = line.slice(open + 1, close);
    const spans = [{ from: open, to: open + 1, name: "mark" }];
    for (const found of inside.matchAll(TOKEN)) {
      const [all, id, kind, key, value] = found, from = open + 1 + found.index;
      if (id || kind) spans.push({ from, to: from + all.length, name: "id" });
      else if (key && known.has(key.slice(0, -1))) {
        spans.push({ from, to: from + key.length, name: "option" }, { from: from + key.length, to: from + key.length + value.length, name: "value" });
      } else spans.push({ from, to: from + all.length, name: "bad" });
    }
    return [...spans, { from: close, to: close + 1, name: "mark" }];
  }

  function block(line) {
    const callOut = CALL_OUT.exec(line);
    if (callOut) return inARow([callOut[1], "mark"], [callOut[2], callOuts.includes(callOut[3]) ? "callout" : "bad"]).spans;
    const quote = QUOTE.exec(line);
    if (quote) {
      const isFeedback = /^[ \t]/.test(line);
      return isFeedback ? inARow([quote[0], "mark"], [line.slice(quote[0].length), "feedback"]).spans : inline(line, inARow([quote[0], "mark"]));
    }
    const branch = BRANCH.exec(line);
    if (branch) {
      const row = inARow([branch[1], "mark"], [branch[2], "link"], [branch[3], "mark"], [branch[4], "scene"], [branch[5], "mark"]);
      const open = line.indexOf("{", row.at);
      return open > 0 && line.indexOf("}", open) > 0 ? [...row.spans, ...braces(line, open)] : row.spans;
    }
    const answer = ANSWER.exec(line);
    if (answer) {
      const [all, mark, right, wrong, partial, letter] = answer;
      const box = right ?? wrong ?? partial, space = all.slice(mark.length + box.length, all.length - (letter?.length ?? 0));
      const name = right ? "right" : wrong ? "wrong" : "partial";
      return inline(line, inARow([mark, "mark"], [box, name], [space, ""], [letter, "letter"]));
    }
    const part = /^ {0,3}\*\*([^*:]{1,20}):?\*\*[ \t]*:?/.exec(line);
    if (part && partNames.has(folded(part[1]))) return inline(line, inARow([part[0], "part"]));
    if (/^ {0,3}-(?:[ \t]*-){2,}[ \t]*$/.test(line)) return inARow([line, "mark"]).spans;
    const list = LIST.exec(line);
    return inline(line, list ? inARow([list[1], "mark"]) : inARow());
  }

  function inline(line, { spans, at }) {
    for (const found of line.slice(at).matchAll(INLINE)) {
      const rank = found.slice(1).findIndex((one) => one !== undefined);
      spans.push({ from: at + found.index, to: at + found.index + found[0].length, name: INLINE_NAMES[rank] });
    }
    return spans;
  }
}

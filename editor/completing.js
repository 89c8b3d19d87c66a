/* What can be completed, by what stands before the cursor. Names of this text are read from it as it is now; those of
   the module's other texts and of the content's lists come from the server, asked once. */
import { autocompletion } from "@codemirror/autocomplete";

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const NAME = /^[\w\u00c0-\u024f'’. -]*$/;
const MOST = 8; // Shown at once, so that the list needs no scrolling; the arrows bring the others.
const LEAST = 3; // Letters of a term of the glossary.

export function completing(dialect, address) {
  let asked = null;
  const lists = () => (asked ??= ask(address).catch(() => { asked = null; return {}; }));
  const complete = async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const around = { dialect, line, before, context, inFront: isFront(context.state, line.number) };
    for (const rule of RULES) {
      const found = context.explicit || !rule.explicit ? rule.when.exec(before) : null;
      const options = found && rule.options({ ...around, found }, await lists());
      if (context.aborted) return null;
      // What is written whole is not offered: Enter begins a line.
      const isWhole = (text) => options.some((one) => one.label === text && !one.apply);
      if (options?.length && (context.explicit || !isWhole(found[1]))) {
        return { from: context.pos - found[1].length, options, validFor: (text) => NAME.test(text) && !isWhole(text) };
      }
    }
    return null;
  };
  return autocompletion({ override: [complete], icons: false, maxRenderedOptions: MOST });
}

async function ask(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

const plain = (values = []) => values.map((label) => ({ label }));
const named = (values = []) => values.map(({ value, label }) => ({ label: value, detail: label }));

/** Each rule: what stands before the cursor (the first group is what is being written), and what to offer. */
const RULES = [
  { when: /\bvoir=([a-z0-9-]*)$/, options: ({ context }, lists) => steps(context.state, lists) },
  { when: /\bbanque=([a-z0-9-]*)$/, options: (_, { banks }) => plain(banks) },
  { when: /\bcorps=(?:[a-z]+,)*([a-z]*)$/, options: (_, { corps }) => named(corps) },
  { when: /\bavis=([a-z-]*)$/, options: ({ dialect }) => plain(dialect.opinions) },
  { when: /\bmelange=([a-z]*)$/, options: () => plain(["non"]) },
  { when: /^\s*[-*+]\s+\[[^\]]*\]\(#([a-z0-9-]*)$/, options: ({ context, line }) => scenes(context.state, line.number) },
  { when: /^ {0,3}#{2,4}[ \t].*\{(?:[^{}]*[ \t])?([.a-z]*)$/, options: (around) => headingOptions(around) },
  { when: /\]\([^)]*\)[ \t]*\{([a-z]*)$/, options: () => [{ label: "avis=", apply: "avis=" }] },
  { when: /^ {0,3}###[ \t]+([^:{}]*)$/, options: ({ dialect }) => dialect.labels.map((label) => ({ label, apply: `${label}${dialect.colon} ` })) },
  { when: /^[ \t]*>[ \t]?\[!([A-Za-z]*)$/, options: ({ dialect, context }) => dialect.callOuts.map((label) => ({ label, apply: closing(label, context) })) },
  { when: /^ {0,3}\*\*([^*:]*)$/, options: ({ dialect }) => dialect.parts.map((label) => ({ label, apply: `${label}${dialect.colon}** ` })) },
  { when: /^competences:[^#]*?([a-z-]*)$/, options: ({ inFront }, { competences }) => inFront && named(competences) },
  { when: /^public:[^#]*?([a-z]*)$/, options: ({ inFront }, { corps }) => inFront && [...named(corps), { label: "tous" }] },
  { when: /^prerequis:[^#]*?([a-z0-9-]*)$/, options: ({ inFront }, { modules }) => inFront && plain(modules) },
  { when: /^statut_source:[ \t]*([a-z-]*)$/, options: ({ inFront, dialect }) => inFront && plain(dialect.statuses) },
  { when: /^([a-z_]+)$/, options: ({ inFront, dialect }) => inFront && dialect.keys.map((label) => ({ label, apply: `${label}: ` })) },
  { when: /^ {0,3}\*\*(?:Comp[ée]tences|Skills)[^*]*\*\*[^#]*?([a-z-]*)$/, options: (_, { competences }) => named(competences) },
  { when: /\b((?:[A-Z]{2,6}|code de la d[ée]fense)[ \u00a0][A-Z]?\.?[ \u00a0]?[\w-]*)$/, options: (_, { articles }) => articleOptions(articles) },
  { when: /^ {0,3}\*\*(?:R[ée]f[ée]rences?)[^*]*\*\*(?:.*[;,])?[ \u00a0]*([\w\u00c0-\u024f. -]*)$/, options: (_, { articles }) => articleOptions(articles) },
  { when: /([\p{L}'’-]{0,30})$/u, explicit: true, options: ({ found }, { terms = [] }) => found[1].length < LEAST ? null : terms.map(({ value, id }) => ({ label: value.toLowerCase(), detail: `#${id}` })) },
];

function articleOptions(articles = []) {
  return articles.map(({ value, label, status }) => ({ label: value, detail: label, info: status === "verifie" ? undefined : status }));
}

/** Close the marker of a call-out, unless its bracket is there. */
function closing(label, { state, pos }) {
  return state.sliceDoc(pos, pos + 1) === "]" ? label : `${label}]\n> `;
}

function isFront(state, number) {
  if (state.doc.line(1).text.trim() !== "---") return false;
  for (let n = 2; n < number; n += 1) if (/^(---|\.\.\.)\s*$/.test(state.doc.line(n).text)) return false;
  return number > 1;
}

function headings(lines) {
  return lines.map((line) => HEADING.exec(line)).filter(Boolean).map(([, marks, words]) => {
    const braces = /\{([^{}]*)\}\s*$/.exec(words);
    const id = /#([a-z0-9-]+)/.exec(braces?.[1] ?? "")?.[1];
    return { level: marks.length, title: braces ? words.slice(0, braces.index).trim() : words, id, isSpecial: /\.(evaluation|reflexe|animation)\b/.test(braces?.[1] ?? "") };
  });
}

function steps(state, { headings: others = {} }) {
  const lines = [...state.doc.toString().split("\n"), ...Object.values(others).flat()];
  const found = headings(lines).filter((one) => one.level === 2 && one.id && !one.isSpecial);
  return found.map(({ id, title }) => ({ label: id, detail: title }));
}

/** The scenes of the dilemma in which a line stands. */
function scenes(state, number) {
  const { doc } = state, found = [];
  const isHigher = (text) => /^ {0,3}#{1,3}[ \t]/.test(text);
  let start = number, end = number + 1;
  while (start > 1 && !isHigher(doc.line(start).text)) start -= 1;
  while (end <= doc.lines && !isHigher(doc.line(end).text)) end += 1;
  for (let n = start; n < end; n += 1) {
    const scene = /^ {0,3}####[ \t]+([a-z0-9-]+)\s*$/.exec(doc.line(n).text);
    if (scene) found.push({ label: scene[1], detail: n + 1 <= doc.lines ? doc.line(n + 1).text.slice(0, 50) : "" });
  }
  return found;
}

function headingOptions({ dialect, line, before }) {
  const [, marks, words] = HEADING.exec(line.text) ?? [];
  const written = new Set([...before.matchAll(/([a-z]+)=/g)].map((one) => one[1]));
  const label = words?.split(":")[0].trim() ?? "";
  const names = marks === "###" && dialect.options[label] ? dialect.options[label] : ["corps"];
  const options = names.filter((one) => !written.has(one)).map((one) => ({ label: `${one}=` }));
  if (marks === "##") options.push(...[".evaluation", ".reflexe", ".animation"].map((label) => ({ label })));
  return options;
}

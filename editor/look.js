/* What the editor looks like, from the tokens of the pages: light and dark come with them. */
import { EditorView } from "@codemirror/view";

const panel = { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--radius)" };

export const look = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "var(--radius)", fontSize: "var(--small)", height: "min(75vh, 44rem)", overflow: "hidden" },
  "&.cm-focused": { outline: "3px solid var(--blue)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "var(--s3) 0" },
  ".cm-line": { padding: "0 var(--s3) 0 var(--s2)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--ink-soft)", borderRight: "1px solid var(--rule)" },
  ".cm-tooltip": { ...panel, maxWidth: "min(34rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-hover": { padding: "var(--s2) var(--s3)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxWidth: "min(34rem, 90vw)", maxHeight: "none", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".35rem .5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--blue)", color: "var(--on-blue)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal" },
  ".cm-panels": { backgroundColor: "var(--paper)", color: "var(--ink)", fontFamily: "var(--sans)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--rule)" },
  ".cm-panel.cm-search": { padding: "var(--s2) var(--s8) var(--s2) var(--s2)" },
  ".cm-panel.cm-search label": { fontSize: "var(--small)", display: "inline-block", padding: ".5rem 0" },
  ".cm-panel.cm-search input[type=checkbox]": { width: "1.2rem", height: "1.2rem", verticalAlign: "middle" },
  ".cm-panel.cm-search [name=close]": { width: "var(--target)", height: "var(--target)", fontSize: "1.4rem", color: "var(--ink)" },
  ".cm-textfield": { ...panel, fontSize: "var(--small)", minHeight: "var(--target)", padding: "0 var(--s2)" },
  ".cm-button": { ...panel, backgroundImage: "none", color: "var(--blue)", fontSize: "var(--small)", minHeight: "var(--target)" },
  ".cm-searchMatch": { backgroundColor: "var(--gold-wash)", outline: "1px solid var(--gold)" },
  ".cm-searchMatch.cm-searchMatch-selected": { backgroundColor: "var(--blue-wash)", outline: "2px solid var(--blue)" },
  ".cm-problem": { textDecoration: "underline wavy var(--gold) 1px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-problem--error": { textDecorationColor: "var(--red)", textDecorationStyle: "double" },
  ".cm-marker": { display: "inline-block", width: "1.1em", textAlign: "center", fontWeight: "700", color: "var(--gold-ink)" },
  ".cm-marker--error": { color: "var(--red)" },
});

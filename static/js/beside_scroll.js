/* The text and its preview go together: the line at the top of one is brought to the top of the other. Each is deaf for a
   moment to what the other made it do. Where an editor took the textarea over, it says and hears lines by two events. */
const DEAF = 250;

/** Join a textarea and a frame; `isSameText` tells whether the frame shows the text of the textarea. */
export function keepTogether(field, frame, isSameText) {
  const inner = frame.contentWindow;
  const lines = new Lines(field);
  const deaf = { text: 0, preview: 0 };
  const hears = (name) => isSameText() && performance.now() > deaf[name];
  const isEnhanced = () => "enhanced" in field.dataset;

  inner.addEventListener("scroll", () => {
    if (!hears("preview")) return;
    const line = lineAt(places(inner), inner.scrollY);
    deaf.text = performance.now() + DEAF;
    field.dispatchEvent(new CustomEvent("editor:show", { detail: { line } }));
  }, { passive: true });
  if (field.dataset.joined) return; // The frame was loaded again: what follows knows it already.
  field.dataset.joined = "";
  field.addEventListener("editor:show", ({ detail }) => { if (!isEnhanced()) field.scrollTop = lines.top(detail.line); });
  field.addEventListener("editor:scrolled", ({ detail }) => { if (hears("text")) show(detail.line); });
  field.addEventListener("scroll", () => {
    if (!isEnhanced()) field.dispatchEvent(new CustomEvent("editor:scrolled", { detail: { line: lines.at(field.scrollTop) } }));
  }, { passive: true });

  function show(line) {
    deaf.preview = performance.now() + DEAF;
    frame.contentWindow.scrollTo({ top: topOf(places(frame.contentWindow), line), behavior: "instant" });
  }
}

/** List where the lines known of a frame stand, from the top. */
function places(inner) {
  const known = [...inner.document.querySelectorAll("[data-line]")]
    .map((one) => ({ line: Number(one.dataset.line), top: one.getBoundingClientRect().top + inner.scrollY }))
    .sort((one, other) => one.line - other.line);
  return [{ line: 1, top: 0 }, ...known];
}

/** Give the line at a height, between the two known lines around it. */
function lineAt(places, top) {
  const after = places.findIndex((one) => one.top > top + 1);
  const start = places.at(after < 0 ? -1 : after - 1) ?? places[0];
  const end = after < 0 ? null : places[after];
  if (!end || end.top <= start.top) return start.line;
  return start.line + ((end.line - start.line) * (top - start.top)) / (end.top - start.top);
}

function topOf(places, line) {
  const after = places.findIndex((one) => one.line > line);
  const start = places.at(after < 0 ? -1 : after - 1) ?? places[0];
  const end = after < 0 ? null : places[after];
  if (!end || end.line === start.line) return start.top;
  return start.top + ((end.top - start.top) * (line - start.line)) / (end.line - start.line);
}

/** Where the lines of a textarea stand: the same text in a hidden box of the same width, measured once for each text. */
class Lines {
  constructor(field) {
    this.field = field;
    this.known = null;
  }

  measure() {
    const key = `${this.field.clientWidth} ${this.field.value}`;
    if (this.known?.key === key) return this.known.tops;
    const box = document.createElement("div");
    box.className = "field__control writing__text writing__mirror";
    box.style.width = `${this.field.clientWidth}px`;
    for (const text of this.field.value.split("\n")) {
      const line = document.createElement("div");
      line.textContent = text || "\u200b";
      box.append(line);
    }
    this.field.parentElement.append(box);
    const start = box.firstElementChild.offsetTop;
    const tops = [...box.children].map((line) => line.offsetTop - start);
    box.remove();
    this.known = { key, tops };
    return tops;
  }

  top(line) {
    const tops = this.measure();
    const rank = Math.min(Math.floor(line), tops.length) - 1;
    const next = tops[rank + 1] ?? tops[rank];
    return tops[rank] + (next - tops[rank]) * (line % 1);
  }

  at(top) {
    const tops = this.measure();
    let rank = tops.findLastIndex((one) => one <= top + 1);
    rank = Math.max(rank, 0);
    const height = (tops[rank + 1] ?? tops[rank]) - tops[rank];
    return rank + 1 + (height ? Math.min((top - tops[rank]) / height, 0.999) : 0);
  }
}

/* The pages of the frame beside a text. Only the blocks whose text changed are replaced: elsewhere what was answered, the
   place and the focus stay. */
const LINE = / data-line="\d+"/g;

export class Pages {
  constructor(document) {
    this.document = document;
    this.sources = new WeakMap(); // The HTML that each block came from.
  }

  get main() { return this.document.querySelector("main"); }

  /** Bring the frame up to what the server sent; returns the main element. */
  update(fresh) {
    const next = fresh.querySelector("main");
    for (const hidden of next.querySelectorAll("input[name=csrf_token], input[name=token]")) hidden.remove();
    for (const [name, value] of Object.entries(next.dataset)) this.main.dataset[name] = value;
    if (next.lang) this.main.lang = next.lang; else this.main.removeAttribute("lang");
    this.merge(this.main, [...next.children]);
    return this.main;
  }

  /** Keep the first and the last children that are the same, replace those between. */
  merge(parent, next) {
    const held = [...parent.children];
    const same = (one, other) => this.isSame(one, other);
    let start = 0;
    while (start < held.length && start < next.length && same(held[start], next[start])) start++;
    let end = 0;
    while (end < held.length - start && end < next.length - start && same(held.at(-1 - end), next.at(-1 - end))) end++;
    const pairs = held.slice(0, start).map((one, rank) => [one, next[rank]]);
    for (let rank = end; rank > 0; rank--) pairs.push([held.at(-rank), next.at(-rank)]);
    for (const [one, other] of pairs) this.keep(one, other);
    const after = end ? held.at(-end) : null;
    for (const one of held.slice(start, held.length - end)) one.remove();
    for (const one of next.slice(start, next.length - end)) {
      this.note(one);
      parent.insertBefore(this.document.adoptNode(one), after);
    }
  }

  isSame(one, other) {
    if (one.tagName === "SECTION" && one.id) return other.tagName === "SECTION" && one.id === other.id;
    return this.sources.get(one) === source(other);
  }

  keep(one, other) {
    if (one.tagName === "SECTION" && one.id) {
      this.merge(one, [...other.children]);
    }
    const [lines, moved] = [one, other].map((root) => [root, ...root.querySelectorAll("[data-line]")].filter((place) => place.dataset.line));
    lines.forEach((place, rank) => { if (moved[rank]) place.dataset.line = moved[rank].dataset.line; });
  }

  note(one) {
    if (one.tagName === "SECTION" && one.id) for (const block of one.children) this.sources.set(block, source(block));
    else this.sources.set(one, source(one));
  }
}

function source(block) { return block.outerHTML.replace(LINE, ""); }

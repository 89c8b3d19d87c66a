/* Rows to put in order: two buttons move each row, and its list of places takes it there. Without this script the lists
   alone say the order. */

/** Give the rows under `root` their buttons. */
export function enhance(root) {
  for (const list of root.querySelectorAll("[data-ordering]")) {
    const places = [...list.querySelectorAll("select")];
    if (!places.length || list.querySelector("button")) continue;
    for (const row of rowsOf(list)) addButtons(list, row);
    list.addEventListener("change", (event) => {
      if (event.target.matches("select") && event.isTrusted) moveTo(list, event.target.closest("[data-row]"), event.target.value - 1);
    });
    number(list);
  }
}

/** Put the rows in the order that their lists say. */
export function arrange(list) {
  list.append(...rowsOf(list).sort((one, other) => placeOf(one).value - placeOf(other).value));
  number(list);
}

function rowsOf(list) { return [...list.querySelectorAll("[data-row]")]; }

function placeOf(row) { return row.querySelector("select"); }

function addButtons(list, row) {
  const text = row.querySelector(".ordering__text");
  for (const [step, name, mark] of [[-1, list.dataset.up, "\u2191"], [1, list.dataset.down, "\u2193"]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ordering__move", textContent: mark, title: name });
    button.setAttribute("aria-label", name);
    button.setAttribute("aria-describedby", text.id);
    button.addEventListener("click", () => {
      const rank = rowsOf(list).indexOf(row) + step;
      if (rank < 0 || rank >= rowsOf(list).length) return;
      moveTo(list, row, rank);
      placeOf(row).dispatchEvent(new Event("change", { bubbles: true }));
      button.focus();
    });
    row.append(button);
  }
}

function moveTo(list, row, rank) {
  const rows = rowsOf(list).filter((one) => one !== row);
  rows.splice(rank, 0, row);
  const focused = document.activeElement;
  list.append(...rows);
  focused?.focus?.();
  number(list);
  say(list, rank + 1, rows.length);
}

/** Write the place of each row in its list; the first cannot go up, the last cannot go down. */
function number(list) {
  const rows = rowsOf(list);
  rows.forEach((row, rank) => {
    placeOf(row).value = String(rank + 1);
    const [up, down] = row.querySelectorAll("button");
    up?.setAttribute("aria-disabled", String(rank === 0));
    down?.setAttribute("aria-disabled", String(rank === rows.length - 1));
  });
}

function say(list, place, count) {
  let line = list.nextElementSibling;
  if (!line?.matches("[data-said]")) {
    line = Object.assign(document.createElement("p"), { className: "sr-only" });
    line.dataset.said = "";
    line.setAttribute("role", "status");
    list.after(line);
  }
  line.textContent = list.dataset.moved.replace("{place}", place).replace("{count}", count);
}

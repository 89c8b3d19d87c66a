/* What the editor does itself of what a browser would do to it: typing, pasting, dropping. */

/** Type without the browser's own editing, which keeps the look of what it replaces in inline styles: the page's policy
    refuses those. Compositions (accents by dead keys, phones) are left to the browser. */
export function typePlainly(event, view) {
  if (event.inputType !== "insertText" || event.data === null || view.composing || !event.cancelable) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  return true;
}

/** Leave files that are pasted or dropped to the other scripts of the page: the field tells them. A word processor puts
    a picture of its words beside them: the words are meant. */
export function handOverFiles(event, view, field) {
  if (event.clipboardData?.types.includes("text/plain")) return false;
  const files = (event.clipboardData ?? event.dataTransfer)?.files;
  if (!files?.length) return false;
  if (event.type === "drop") {
    const anchor = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
    view.dispatch({ selection: { anchor } });
  }
  event.preventDefault();
  field.dispatchEvent(new CustomEvent("editor:files", { detail: { files } }));
  return true;
}

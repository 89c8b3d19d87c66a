/* The insert menu: the server writes the question, with ids that nothing else has, and says where it can stand. */
import { EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export function listenToInserts(view, { form, tools, words }) {
  const menu = tools.querySelector("[data-insert]");
  const button = menu.querySelector("button");
  const status = menu.querySelector("[data-insert-status]");
  const title = form.elements.titre_question;

  button.addEventListener("click", (event) => {
    event.preventDefault();
    insert().catch(() => { status.textContent = words.notInserted; });
  });
  title.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); button.click(); }
  });

  async function insert() {
    status.textContent = "";
    const { doc, selection } = view.state;
    const response = await fetch(tools.dataset.templates, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify({
        path: form.dataset.path, text: doc.toString(), type: form.elements.type_question.value, title: title.value,
        line: doc.lineAt(selection.main.head).number,
      }),
    });
    if (!response.ok) throw new Error(String(response.status));
    const reply = await response.json();
    if (view.state.doc !== doc) throw new Error("the text has changed meanwhile");
    const from = reply.line <= doc.lines ? doc.line(reply.line).from : doc.length;
    const start = from + reply.text.indexOf("### ");
    const heading = reply.text.slice(reply.text.indexOf("### ")).split("\n", 1)[0];
    const colon = heading.indexOf(":") + 2, end = heading.lastIndexOf(" {");
    const range = EditorSelection.range(start + colon, start + end);
    view.dispatch({
      changes: { from, insert: reply.text },
      selection: range,
      effects: [
        EditorView.scrollIntoView(start, { y: "start", yMargin: 40 }),
        EditorView.announce.of(words.inserted.replace("{id}", reply.id)),
      ],
      userEvent: "input.insert",
    });
    title.value = "";
    menu.open = false;
    view.focus();
  }
}

/** Questions, one at a time. */
import type { ActionOf, Question } from "../../action";
import {
  button,
  corner,
  element,
  listen,
  openDialog,
  openPanel,
  type Stage,
  type Surface,
  text,
  words,
} from "../../kit";
import { LABELS } from "./labels";
import { type Answer, field } from "./question";
import css from "./survey.css?inline";

export function open(stage: Stage, { placement }: ActionOf<"survey">): Surface<"survey"> {
  let finished = false;
  // To close the thanks is not to decline the questions.
  const ending: Stage = { ...stage, closed: () => (finished ? stage.leave() : stage.closed()) };
  const { frame, show, remove } =
    placement === "center" ? openDialog(ending, css) : openPanel(ending, corner(placement), "", css);
  const answers = new Map<string, Answer>();

  function ask(action: ActionOf<"survey">, at: number, moved: boolean): void {
    const { title, body, questions, submit } = action.content;
    const question = questions[at];
    if (!question) {
      finish(action);
      return;
    }
    const labels = words(action.locale, LABELS);
    const { control, read } = field(question, answers.get(question.id));
    const missing = element("p", "missing");
    missing.role = "alert";

    const go = (to: number): void => {
      const answer = read();
      if (answer === undefined) answers.delete(question.id);
      else answers.set(question.id, answer);
      if (to < at || !question.required || answer !== undefined) ask(action, to, true);
      else {
        missing.textContent = labels.missing;
        control.querySelector("input")?.focus();
      }
    };
    const last = at === questions.length - 1;
    const on = element("button", "button", last ? (submit ?? labels.submit) : labels.next);
    const name = element(
      "legend",
      "question",
      question.label,
      question.required && element("span", "required", labels.required),
    );
    name.id = "question";
    name.tabIndex = -1;
    const form = element(
      "form",
      "form",
      element("fieldset", "", name, control),
      missing,
      element("div", "foot", at > 0 && button("button quiet", labels.back, () => go(at - 1)), on),
    );
    form.noValidate = true;
    listen(form, "submit", (event) => {
      event.preventDefault();
      go(at + 1);
    });
    const count = element("p", "count", labels.progress(at + 1, questions.length));
    show(action, {
      text: [...(questions.length > 1 ? [count] : []), ...text(stage, title, at ? null : body)],
      foot: form,
    });
    if (moved) name.focus();
  }

  function finish(action: ActionOf<"survey">): void {
    const { questions, thanks } = action.content;
    finished = true;
    stage.track("Survey Answered", { answers: Object.fromEntries(answers) });
    const traits = questions.flatMap(({ trait, id }: Question) =>
      trait && answers.has(id) ? [[trait, answers.get(id)]] : [],
    );
    if (traits.length) stage.identify(Object.fromEntries(traits));
    if (!thanks) {
      stage.leave();
      return;
    }
    const said = text(stage, thanks.title, thanks.body);
    show(action, { text: said });
    for (const heading of said.slice(0, 1)) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }

  // A newer copy of the campaign does not take away what the visitor has begun to answer.
  return { frame, render: (action) => (frame.isConnected && answers.size ? undefined : ask(action, 0, false)), remove };
}

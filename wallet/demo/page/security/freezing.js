import { wallet } from "../api.js";
import { element } from "../elements.js";
import { checkField, textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { helpButton, problemOutcome } from "../outcome.js";

/** Stop everything on one's own account; only a person lifts it. */
export function freezing(me, memory, redraw) {
  const title = element("h2", {}, say("freezing.title"));
  if (me.status === "frozen") {
    const frozen = { class: "panel warning", data: { role: "frozen" } };
    return element("section", frozen, title, element("p", {}, say("freezing.frozen")), helpButton("report_fraud"));
  }
  const { form: made, slot } = form({
    role: "freeze-form",
    fields: [reasonField(), sureField()],
    submit: say("freezing.submit"),
    memory,
    send: (values) => freeze(values, redraw),
  });
  made.querySelector("[type=submit]").classList.add("dangerous");
  const summary = element("summary", {}, say("freezing.summary"));
  const details = element("details", { open: Boolean(memory.outcome) }, summary, slot, made);
  const explanation = element("p", { class: "hint" }, say("freezing.explanation"));
  return element("section", { class: "panel" }, title, explanation, details);
}

async function freeze({ reason }, redraw) {
  try {
    await wallet.freezeMe(reason);
    setTimeout(redraw);
    return null;
  } catch (error) {
    return () => problemOutcome(error);
  }
}

function reasonField() {
  const [label, hint] = [say("freezing.reason"), say("freezing.reason_hint")];
  return textField({ name: "reason", label, hint, maxlength: "200" });
}

function sureField() {
  return checkField({ name: "sure", label: say("freezing.sure"), needed: true });
}

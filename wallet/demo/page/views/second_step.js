import { wallet } from "../api.js";
import { keepDevice } from "../device.js";
import { button, element, heading } from "../elements.js";
import { checkField, textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { problemOutcome } from "../outcome.js";
import { beginSession } from "../session.js";

const TOPIC = "login_failure";
const CODE = { autocomplete: "one-time-code", autocapitalize: "none", spellcheck: "false", maxlength: "32" };

/** The code that some are asked for after the password; `back` begins again, with what came of this or nothing. */
export function secondStep({ memory, back }) {
  const own = (memory.second ??= {});
  const code = textField({ name: "code", label: say("second_step.code"), hint: say("second_step.hint"), ...CODE });
  const hint = say("second_step.trust_hint");
  const trust = checkField({ name: "remember_device", label: say("second_step.trust"), hint });
  const { form: made, slot } = form({
    role: "second-step-form",
    fields: [code, trust],
    submit: say("second_step.submit"),
    memory: own,
    send: (values) => finish(memory.challenge, values, { code, back }),
  });
  const explanation = element("p", {}, say("second_step.explanation"));
  return [
    element("div", { class: "welcome" }, heading(say("second_step.title")), explanation),
    slot,
    made,
    button({ class: "plain-button", role: "sign-in-again", press: () => back(null) }, say("second_step.again")),
  ];
}

async function finish(challenge, { code: typed, remember_device: trusted }, { code, back }) {
  try {
    const session = await wallet.passSecondStep(challenge, typed, trusted);
    keepDevice(session);
    beginSession(session);
    return null;
  } catch (error) {
    if (error.code === "challenge_invalid") back(() => problemOutcome(error));
    if (error.code === "wrong_code") code.control.value = "";
    return () => problemOutcome(error, wordsFor(error.code));
  }
}

function wordsFor(code) {
  if (code === "wrong_code") return { topic: TOPIC };
  if (code === "account_locked") return { topic: TOPIC, words: say("second_step.locked") };
  return {};
}

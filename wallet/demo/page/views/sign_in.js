import { wallet } from "../api.js";
import { deviceToken } from "../device.js";
import { button, element, heading } from "../elements.js";
import { passwordField, textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { announceOutcome, doneOutcome, problemOutcome } from "../outcome.js";
import { beginSession } from "../session.js";
import { secondStep } from "./second_step.js";

const TOPIC = "login_failure";
const LOGIN = { autocomplete: "username", autocapitalize: "none", spellcheck: "false" };
const ABOUT_THE_ACCOUNT = ["sign_in_failed", "account_locked", "account_frozen"];

let shown = null;
let waiting = null;

/** The form to sign in; what keeps a user out is said above it. After it, for some, the second step. */
export async function signIn({ memory, notice, redraw }) {
  if (memory.challenge) return secondStep({ memory, back: (outcome) => beginAgain(memory, outcome, redraw) });
  const login = textField({ name: "login", label: say("sign_in.login"), ...LOGIN });
  const password = passwordField();
  const { form: made, slot } = form({
    role: "sign-in-form",
    fields: [login, password],
    submit: say("sign_in.submit"),
    memory,
    send: (values) => enter(values, { memory, slot, redraw }),
  });
  shown = { made, login, password };
  setTimeout(enterWhoWaits);
  return [
    element("div", { class: "welcome" }, heading(say("sign_in.title")), element("p", {}, say("sign_in.explanation"))),
    notice && element("p", { class: "notice", data: { role: "notice" } }, say(`sign_in.${notice}`)),
    slot,
    made,
  ];
}

/** Fill in the form for someone and send it, here or where it is shown next. */
export function signInAs(person) {
  waiting = person;
  if (shown?.made.isConnected) enterWhoWaits();
  // From the second step of somebody else the way leads to the same address.
  else if (location.hash === "#/sign-in") window.dispatchEvent(new Event("hashchange"));
  else location.hash = "#/sign-in";
}

async function enter({ login, password }, { memory, slot, redraw }) {
  try {
    const answer = await wallet.signIn({ login, password, device: say("sign_in.device"), device_token: deviceToken() });
    if (!answer.challenge) {
      beginSession(answer);
      return null;
    }
    memory.challenge = answer.challenge;
    setTimeout(redraw);
    return null;
  } catch (error) {
    const concerned = ABOUT_THE_ACCOUNT.includes(error.code);
    const reset = () => resetButton(login, memory, slot);
    return () => problemOutcome(error, { topic: concerned ? TOPIC : null, actions: [concerned && reset()] });
  }
}

function beginAgain(memory, outcome, redraw) {
  Object.assign(memory, { challenge: null, second: null, outcome });
  setTimeout(redraw);
}

function resetButton(login, memory, slot) {
  const ask = async () => {
    const problem = await wallet.askForReset(login).then(() => null, (error) => error);
    const sent = () => doneOutcome(say("sign_in.reset_sent"), mailboxOf(login));
    memory.outcome = () => (problem ? problemOutcome(problem) : sent());
    slot.replaceChildren(announceOutcome(memory.outcome()));
  };
  return button({ class: "plain-button", role: "reset", press: ask }, say("sign_in.reset"));
}

function mailboxOf(login) {
  const href = `#/mailbox/${encodeURIComponent(login)}`;
  return element("a", { class: "plain-button", href }, say("sign_in.mailbox"));
}

function enterWhoWaits() {
  if (!waiting) return;
  shown.login.control.value = waiting.login;
  shown.password.control.value = waiting.password;
  waiting = null;
  shown.made.requestSubmit();
}

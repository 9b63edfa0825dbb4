import { wallet } from "../api.js";
import { forgetDevice } from "../device.js";
import { button, element } from "../elements.js";
import { passwordField, textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { doneOutcome, problemOutcome } from "../outcome.js";

const CODE = { autocomplete: "one-time-code", autocapitalize: "none", spellcheck: "false", maxlength: "32" };
const GROUPS_OF_FOUR = /.{4}(?=.)/g;

/** Two-step sign-in: off, being switched on, its recovery codes, on. */
export function twoFactor(me, memory, redraw) {
  const state = me.two_factor ? "on" : "off";
  const badge = element("span", { class: "state", data: { state } }, say(`two_factor.${state}`));
  const title = element("h2", {}, say("two_factor.title"), " ", badge);
  const stage = stageOf(me, memory);
  return element("section", { class: "panel", data: { role: "two-factor", state } }, title, stage(memory, redraw));
}

function stageOf(me, memory) {
  if (memory.recoveryCodes) return recoveryCodes;
  if (memory.enrolment) return confirming;
  return me.two_factor ? ending : beginning;
}

function beginning(memory, redraw) {
  const begin = async ({ password }) => {
    memory.enrolment = await wallet.beginTwoFactor(password);
    setTimeout(redraw);
    return null;
  };
  const { form: made, slot } = form({
    role: "two-factor-form",
    fields: [passwordField({ hint: say("two_factor.why_password") })],
    submit: say("two_factor.begin"),
    memory,
    send: (values) => trying(() => begin(values)),
  });
  return [element("p", {}, say("two_factor.explanation")), slot, made];
}

function confirming(memory, redraw) {
  const { secret, otpauth_uri: link } = memory.enrolment;
  const [label, hint] = [say("two_factor.code"), say("two_factor.code_hint")];
  const code = textField({ name: "code", label, hint, inputmode: "numeric", ...CODE });
  const confirm = async (values) => {
    memory.recoveryCodes = (await wallet.confirmTwoFactor(values.code)).recovery_codes;
    memory.enrolment = null;
    setTimeout(redraw);
    return null;
  };
  const { form: made, slot } = form({
    role: "two-factor-code-form",
    fields: [code],
    submit: say("two_factor.confirm"),
    memory,
    send: (values) => trying(() => confirm(values)),
  });
  const grouped = secret.replace(GROUPS_OF_FOUR, "$& ");
  return [
    element("p", {}, say("two_factor.enrol")),
    element("p", { class: "secret" }, element("code", { data: { role: "secret" } }, grouped)),
    element("a", { class: "plain-button", href: link, data: { role: "otpauth" } }, say("two_factor.open_app")),
    slot,
    made,
    button({ class: "link", role: "two-factor-leave", press: () => leave(memory, redraw) }, say("two_factor.leave")),
  ];
}

function recoveryCodes(memory, redraw) {
  const codes = memory.recoveryCodes.map((code) => element("li", {}, element("code", {}, code)));
  const done = () => leave(memory, redraw);
  return [
    element("p", { class: "notice" }, say("two_factor.is_on")),
    element("p", {}, say("two_factor.recovery")),
    element("ul", { class: "recovery-codes", data: { role: "recovery-codes" } }, codes),
    button({ class: "primary", role: "recovery-codes-kept", press: done }, say("two_factor.kept")),
  ];
}

function ending(memory, redraw) {
  const code = textField({ name: "code", label: say("two_factor.code"), hint: say("two_factor.end_hint"), ...CODE });
  const end = async (values) => {
    await wallet.endTwoFactor(values.password, values.code);
    forgetDevice();
    setTimeout(redraw);
    return () => doneOutcome(say("two_factor.ended"));
  };
  const { form: made, slot } = form({
    role: "two-factor-end-form",
    fields: [passwordField(), code],
    submit: say("two_factor.end"),
    memory,
    send: (values) => trying(() => end(values)),
  });
  const summary = element("summary", {}, say("two_factor.end_summary"));
  const details = element("details", { open: Boolean(memory.outcome) }, summary, slot, made);
  return [element("p", {}, say("two_factor.protects")), details];
}

function leave(memory, redraw) {
  Object.assign(memory, { enrolment: null, recoveryCodes: null, outcome: null });
  redraw();
}

async function trying(work) {
  try {
    return await work();
  } catch (error) {
    return () => problemOutcome(error, { words: error.code === "account_locked" ? say("two_factor.locked") : null });
  }
}

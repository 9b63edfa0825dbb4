import { wallet } from "../api.js";
import { element, heading } from "../elements.js";
import { textField } from "../fields.js";
import { form } from "../form.js";
import { either, say } from "../language.js";
import { doneOutcome, problemOutcome } from "../outcome.js";
import { parseExpiry, showExpiry } from "../times.js";

const REISSUED_FOR_YEARS = 5;
const UPDATING = { done: "cards.updated", refused: "cards.date_refused" };
const BINDING = { done: "cards.bound", refused: "cards.number_refused" };
const HIDDEN_DIGITS = "•••• •••• •••• ";

/** The cards that are bound, and a form to bind another. */
export async function cards({ memory, redraw }) {
  const bound = await wallet.cards();
  const shown = bound.map((card) => cardItem(card, (memory[card.id] ??= {}), redraw));
  return [
    heading(say("cards.title")),
    shown.length > 0 ? element("ul", { class: "cards" }, shown) : element("p", { class: "nothing" }, say("cards.none")),
    adding((memory.adding ??= {}), redraw),
  ];
}

function cardItem(card, memory, redraw) {
  const { id, state } = card;
  const update = expiryForm(card, memory, redraw);
  const open = state === "expired" || Boolean(memory.outcome);
  return element(
    "li",
    { data: { role: "card", id, state } },
    plastic(card),
    element("details", { open }, element("summary", {}, say("cards.update")), update),
  );
}

function plastic({ bank, kind, last_four: digits, expires, state }) {
  const until = say("cards.valid_until", { date: showExpiry(expires) });
  const badge = element("span", { class: "state", data: { state } }, say(`cards.states.${state}`));
  return element(
    "div",
    { class: "plastic" },
    element("p", { class: "bank" }, either(bank), element("span", {}, say(`cards.kinds.${kind}`))),
    element("p", { class: "digits" }, element("span", { "aria-hidden": "true" }, HIDDEN_DIGITS), digits),
    element("p", { class: "foot" }, until, badge),
  );
}

function expiryForm(card, memory, redraw) {
  const reissued = say("cards.reissued", { date: showExpiry(later(card.expires)) });
  const expires = expiryField(card.state === "expired" ? reissued : say("cards.expires_hint"));
  const { form: made, slot } = form({
    role: "expiry-form",
    fields: [expires],
    submit: say("cards.save"),
    memory,
    send: (values) => change(() => wallet.updateCard(card.id, values.expires), UPDATING, redraw),
  });
  made.dataset.id = card.id;
  return element("div", {}, slot, made);
}

function adding(memory, redraw) {
  const summary = element("summary", {}, say("cards.add"));
  return element("details", { class: "add-card", open: Boolean(memory.outcome) }, summary, addForm(memory, redraw));
}

function addForm(memory, redraw) {
  const [label, hint] = [say("cards.number"), say("cards.number_hint")];
  const number = textField({ name: "number", label, hint, inputmode: "numeric" });
  const { form: made, slot } = form({
    role: "card-form",
    fields: [number, expiryField(say("cards.expires_hint"))],
    submit: say("cards.bind"),
    memory,
    send: (values) => change(() => wallet.addCard({ ...values, phone: null }), BINDING, redraw),
  });
  return element("div", {}, slot, made);
}

async function change(work, { done, refused }, redraw) {
  try {
    await work();
    setTimeout(redraw);
    return () => doneOutcome(say(done));
  } catch (error) {
    const own = error.code === "conflict" || error.code === "invalid_request";
    return () => problemOutcome(error, { words: own ? say(refused) : null });
  }
}

function expiryField(hint) {
  const read = (typed) => {
    const value = parseExpiry(typed);
    return value ? { value } : { problem: "problems.expiry" };
  };
  return textField({ name: "expires", label: say("cards.expires"), hint, read, placeholder: "MM/YY" });
}

function later(day) {
  return `${Number(day.slice(0, 4)) + REISSUED_FOR_YEARS}${day.slice(4)}`;
}

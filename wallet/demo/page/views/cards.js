import { wallet } from "../api.js";
import { element, heading } from "../elements.js";
import { textField } from "../fields.js";
import { form } from "../form.js";
import { either, say } from "../language.js";
import { doneOutcome, problemOutcome } from "../outcome.js";
import { papers } from "../papers.js";
import { parseExpiry, showExpiry } from "../times.js";

const REISSUED_FOR_YEARS = 5;
const UPDATING = { done: "cards.updated", refused: "cards.date_refused" };
const BINDING = { done: "cards.bound", refused: "cards.number_refused" };
const CONFLICTS = ["bound", "too_many"];
const HIDDEN_DIGITS = "•••• •••• •••• ";

/** The cards that are bound, and a form to bind another. */
export async function cards({ memory, redraw }) {
  const [me, bound] = await Promise.all([wallet.me(), wallet.cards()]);
  const shown = bound.map((card) => cardItem(card, (memory[card.id] ??= {}), redraw));
  return [
    heading(say("cards.title")),
    shown.length > 0 ? element("ul", { class: "cards" }, shown) : element("p", { class: "nothing" }, say("cards.none")),
    adding(me, (memory.adding ??= {}), redraw),
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

function adding(me, memory, redraw) {
  const summary = element("summary", {}, say("cards.add"));
  return element("details", { class: "add-card", open: Boolean(memory.outcome) }, summary, addForm(me, memory, redraw));
}

function addForm(me, memory, redraw) {
  const [label, hint] = [say("cards.number"), say("cards.number_hint")];
  const number = textField({ name: "number", label, hint, inputmode: "numeric" });
  const expires = expiryField(say("cards.expires_hint"));
  const phone = textField({ name: "phone", label: say("cards.phone"), hint: say("cards.phone_hint"), read: optional, inputmode: "tel" });
  const { form: made, slot } = form({
    role: "card-form",
    fields: [number, expires, phone],
    submit: say("cards.bind"),
    memory,
    send: (values) => change(() => wallet.addCard(values), BINDING, redraw),
  });
  const fill = ({ card }) => {
    number.control.value = card.number;
    expires.control.value = showExpiry(card.expires);
    phone.control.value = "";
  };
  return element("div", {}, slot, made, papers(me, memory, fill));
}

async function change(work, { done, refused }, redraw) {
  try {
    await work();
    setTimeout(redraw);
    return () => doneOutcome(say(done));
  } catch (error) {
    return () => problemOutcome(error, { words: wordsFor(error, refused) });
  }
}

function wordsFor({ code, details }, refused) {
  if (code === "conflict" && CONFLICTS.includes(details.reason)) return say(`cards.conflicts.${details.reason}`);
  return code === "conflict" || code === "invalid_request" ? say(refused) : null;
}

function optional(typed) {
  return { value: typed.trim() || null };
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

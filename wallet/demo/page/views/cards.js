import { wallet } from "../api.js";
import { binding } from "../cards/binding.js";
import { expiryForm } from "../cards/expiry.js";
import { removal } from "../cards/removal.js";
import { element, heading } from "../elements.js";
import { either, say } from "../language.js";
import { showExpiry } from "../times.js";

const HIDDEN_DIGITS = "•••• •••• •••• ";

/** The cards that are bound, and a form to bind another. */
export async function cards({ memory, redraw }) {
  const [me, bound] = await Promise.all([wallet.me(), wallet.cards()]);
  const shown = bound.map((card) => cardItem(card, (memory[card.id] ??= {}), { memory, redraw }));
  return [
    heading(say("cards.title")),
    element("div", { class: "outcome-slot" }, memory.removed?.()),
    shown.length > 0 ? element("ul", { class: "cards" }, shown) : element("p", { class: "nothing" }, say("cards.none")),
    binding(me, (memory.adding ??= {}), redraw),
  ];
}

function cardItem(card, own, { memory, redraw }) {
  const { id, state } = card;
  const open = state === "expired" || Boolean(own.outcome);
  const removed = (outcome) => {
    memory.removed = outcome;
    redraw();
  };
  return element(
    "li",
    { data: { role: "card", id, state } },
    plastic(card),
    element("details", { open }, element("summary", {}, say("cards.update")), expiryForm(card, own, redraw)),
    element("details", {}, element("summary", {}, say("cards.remove")), removal(card, removed)),
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

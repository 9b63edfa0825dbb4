import { wallet } from "../api.js";
import { element } from "../elements.js";
import { textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { parseExpiry, showExpiry } from "../times.js";
import { change } from "./change.js";

const REISSUED_FOR_YEARS = 5;

/** A form for the date of a re-issued card. */
export function expiryForm(card, memory, redraw) {
  const reissued = say("cards.reissued", { date: showExpiry(later(card.expires)) });
  const expires = expiryField(card.state === "expired" ? reissued : say("cards.expires_hint"));
  const words = { done: "cards.updated", refused: "cards.date_refused" };
  const { form: made, slot } = form({
    role: "expiry-form",
    fields: [expires],
    submit: say("cards.save"),
    memory,
    send: (values) => change(() => wallet.updateCard(card.id, values.expires), { ...words, redraw }),
  });
  made.dataset.id = card.id;
  return element("div", {}, slot, made);
}

/** A field for the month a card is valid to. */
export function expiryField(hint) {
  const read = (typed) => {
    const value = parseExpiry(typed);
    return value ? { value } : { problem: "problems.expiry" };
  };
  return textField({ name: "expires", label: say("cards.expires"), hint, read, placeholder: "MM/YY" });
}

function later(day) {
  return `${Number(day.slice(0, 4)) + REISSUED_FOR_YEARS}${day.slice(4)}`;
}

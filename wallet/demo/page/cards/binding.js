import { wallet } from "../api.js";
import { element } from "../elements.js";
import { textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { papers } from "../papers.js";
import { showExpiry } from "../times.js";
import { change } from "./change.js";
import { expiryField } from "./expiry.js";

/** A form to bind a card, as its bank knows it. */
export function binding(me, memory, redraw) {
  const summary = element("summary", {}, say("cards.add"));
  const open = Boolean(memory.outcome);
  return element("details", { class: "add-card", open }, summary, addForm(me, memory, redraw));
}

function addForm(me, memory, redraw) {
  const [label, hint] = [say("cards.number"), say("cards.number_hint")];
  const number = textField({ name: "number", label, hint, inputmode: "numeric" });
  const expires = expiryField(say("cards.expires_hint"));
  const phone = phoneField();
  const words = { done: "cards.bound", refused: "cards.number_refused" };
  const { form: made, slot } = form({
    role: "card-form",
    fields: [number, expires, phone],
    submit: say("cards.bind"),
    memory,
    send: (values) => change(() => wallet.addCard(values), { ...words, redraw }),
  });
  const fill = ({ card }) => {
    number.control.value = card.number;
    expires.control.value = showExpiry(card.expires);
    phone.control.value = "";
  };
  return element("div", {}, slot, made, papers(me, memory, fill));
}

function phoneField() {
  const read = (typed) => ({ value: typed.trim() || null });
  return textField({ name: "phone", label: say("cards.phone"), hint: say("cards.phone_hint"), read, inputmode: "tel" });
}

import { wallet } from "../api.js";
import { backHome, element, heading } from "../elements.js";
import { textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { doneOutcome, problemOutcome } from "../outcome.js";
import { papers } from "../papers.js";

const BY_NUMBER = 2;
const BY_CARD = 3;
const NUMBER = /^\d{17}[\dX]$/;

/** Proving who one is: by name and number first, then by a card. The number is sent and kept nowhere. */
export async function identity({ memory, redraw }) {
  const [me, limits] = await Promise.all([wallet.me(), wallet.limits()]);
  const level = me.identity_level;
  const step = level < BY_NUMBER ? byNumber : level < BY_CARD ? byCard : allProven;
  const amounts = { payment: showAmount(limits.per_payment), day: showAmount(limits.per_day) };
  const told = { class: "notice", data: { role: "identity-level", level: String(level) } };
  return [
    backHome(),
    heading(say("identity.title")),
    element("p", told, say("identity.present", { level, ...amounts })),
    ...step(me, memory, redraw),
  ];
}

function byNumber(me, memory, redraw) {
  const name = textField({ name: "name", label: say("identity.name"), maxlength: "60" });
  const number = textField({
    name: "id_number",
    label: say("identity.number"),
    hint: say("identity.number_hint"),
    read: readNumber,
    autocapitalize: "characters",
    spellcheck: "false",
  });
  const { form: made, slot } = form({
    role: "identity-form",
    fields: [name, number],
    submit: say("identity.prove"),
    memory,
    send: (values) => raise({ level: BY_NUMBER, ...values }, redraw),
  });
  const fill = (known) => {
    name.control.value = known.name;
    number.control.value = known.id_number;
  };
  return [element("p", {}, say("identity.by_number")), slot, made, papers(me, memory, fill)];
}

function byCard(me, memory, redraw) {
  const { form: made, slot } = form({
    role: "identity-card-form",
    fields: [],
    submit: say("identity.use_card"),
    memory,
    send: () => raise({ level: BY_CARD }, redraw),
  });
  return [element("p", {}, say("identity.by_card")), slot, made];
}

function allProven(me, memory) {
  return [memory.outcome?.(), element("p", {}, say("identity.done"))];
}

async function raise(proof, redraw) {
  try {
    const { identity_level: level } = await wallet.raiseIdentity(proof);
    setTimeout(redraw);
    return () => doneOutcome(say("identity.raised", { level }));
  } catch (error) {
    const needsCard = error.details?.needs === "card";
    const way = needsCard && element("a", { class: "plain-button", href: "#/cards" }, say("cards.add"));
    return () => problemOutcome(error, { words: needsCard ? say("identity.needs_card") : null, actions: [way] });
  }
}

function readNumber(typed) {
  const value = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  return NUMBER.test(value) ? { value } : { problem: "problems.id_number" };
}

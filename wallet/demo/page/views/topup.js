import { wallet } from "../api.js";
import { Attempt } from "../attempt.js";
import { element, heading } from "../elements.js";
import { amountField, selectField } from "../fields.js";
import { form } from "../form.js";
import { either, say } from "../language.js";
import { showAmount } from "../money.js";
import { cardName } from "../movement.js";
import { sendMovement } from "../movement_form.js";
import { showMoment } from "../times.js";

/** Add money through a channel, with a card where it takes one. */
export async function topup({ memory }) {
  memory.attempt ??= new Attempt();
  const [channels, cards] = await Promise.all([wallet.channels(), wallet.cards()]);
  const amount = amountField({ name: "amount", label: say("topup.amount") });
  const channel = selectField({
    name: "channel",
    label: say("topup.channel"),
    options: channels.map(({ code, name }) => [code, either(name)]),
    chosen: usual(channels, cards),
  });
  const card = selectField({
    name: "card",
    label: say("topup.card"),
    options: cards.map((one) => [one.id, cardName(one)]),
  });
  const about = element("p", { class: "hint", data: { role: "channel-note" } });
  channel.node.append(about);

  function follow() {
    const chosen = channels.find(({ code }) => code === channel.control.value);
    card.node.hidden = chosen.card_kinds.length === 0;
    about.textContent = describe(chosen);
    const fitting = cards.find(({ kind }) => chosen.card_kinds.includes(kind));
    if (fitting) card.control.value = fitting.id;
  }

  channel.control.addEventListener("change", follow);
  follow();
  const { form: made, slot } = form({
    role: "topup-form",
    fields: [amount, channel, card],
    submit: say("topup.submit"),
    memory,
    send: (values) => sendMovement("topup", orderOf(values), memory.attempt, () => (amount.control.value = "")),
  });
  return [heading(say("topup.title")), slot, made];
}

function orderOf({ amount, channel, card }) {
  return { amount, channel, card_id: card ?? null };
}

function usual(channels, [card]) {
  return channels.find(({ card_kinds: kinds }) => card && kinds.length === 1 && kinds[0] === card.kind)?.code;
}

function describe({ minimum, maximum, incident }) {
  const range = say("topup.range", { minimum: showAmount(minimum), maximum: showAmount(maximum) });
  if (!incident) return range;
  const end = incident.expected_end ? say("topup.until", { time: showMoment(incident.expected_end) }) : "";
  return say("topup.incident", { what: either(incident.what), end });
}

import { wallet } from "../api.js";
import { Attempt } from "../attempt.js";
import { backHome, element, heading } from "../elements.js";
import { feeQuote } from "../fee_quote.js";
import { amountField, selectField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { cardName } from "../movement.js";
import { sendMovement } from "../movement_form.js";

const CHANNEL = "bank_card";

/** Take money out, to one's own debit card: no other takes it. */
export async function withdraw({ memory }) {
  memory.attempt ??= new Attempt();
  const [me, bound] = await Promise.all([wallet.me(), wallet.cards()]);
  const cards = bound.filter(({ kind }) => kind === "debit");
  const balance = element("p", { class: "notice", data: { role: "spendable" } }, balanceWords(me));
  const head = [backHome(), heading(say("withdraw.title")), balance];
  if (cards.length === 0) return [...head, ...withoutCard()];
  const options = cards.map((one) => [one.id, cardName(one)]);
  const card = selectField({ name: "card_id", label: say("withdraw.card"), options });
  const amount = amountField({ name: "amount", label: say("withdraw.amount") });
  amount.node.append(feeQuote("withdrawal", CHANNEL, amount));
  const { form: made, slot } = form({
    role: "withdraw-form",
    fields: [card, amount],
    submit: say("withdraw.submit"),
    memory,
    send: (values) => sendMovement("withdrawal", values, memory.attempt, settled),
  });

  async function settled() {
    amount.control.value = "";
    amount.control.dispatchEvent(new Event("input"));
    balance.textContent = balanceWords(await wallet.me());
  }

  return [...head, slot, made];
}

function withoutCard() {
  const way = element("a", { class: "plain-button", href: "#/cards" }, say("cards.add"));
  return [element("p", {}, say("withdraw.no_card")), way];
}

function balanceWords({ balance }) {
  return say("withdraw.balance", { amount: showAmount(balance) });
}

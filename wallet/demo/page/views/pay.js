import { wallet } from "../api.js";
import { Attempt } from "../attempt.js";
import { button, element, heading } from "../elements.js";
import { amountField, selectField, textField } from "../fields.js";
import { form } from "../form.js";
import { list, say } from "../language.js";
import { showAmount } from "../money.js";
import { cardName } from "../movement.js";
import { sendMovement } from "../movement_form.js";

const BALANCE = "balance";

/** Pay a merchant, from the balance or with a card. */
export async function pay({ memory }) {
  memory.attempt ??= new Attempt();
  const [me, cards] = await Promise.all([wallet.me(), wallet.cards()]);
  const merchant = textField({ name: "merchant", label: say("pay.merchant"), maxlength: "60" });
  const amount = amountField({ name: "amount", label: say("pay.amount") });
  const source = selectField({ name: "source", label: say("pay.source"), options: sources(me, cards) });
  merchant.node.append(suggestions(merchant.control));
  const { form: made, slot } = form({
    role: "pay-form",
    fields: [merchant, amount, source],
    submit: say("pay.submit"),
    memory,
    send: (values) => sendMovement("payment", orderOf(values), memory.attempt, settled),
  });

  async function settled() {
    merchant.control.value = "";
    amount.control.value = "";
    const [fromBalance] = source.control.options;
    fromBalance.textContent = balanceWords(await wallet.me());
  }

  return [heading(say("pay.title")), slot, made];
}

function orderOf({ merchant, amount, source }) {
  return { merchant, amount, card_id: source === BALANCE ? null : source };
}

function sources(me, cards) {
  return [
    [BALANCE, balanceWords(me)],
    ...cards.map((card) => [card.id, cardName(card)]),
  ];
}

function suggestions(input) {
  const choose = (name) => {
    input.value = name;
    input.focus();
  };
  const chip = (name) => button({ class: "chip", press: () => choose(name) }, name);
  const attributes = { class: "chips", role: "group", "aria-label": say("pay.suggestions") };
  return element("div", attributes, list("pay.merchants").map(chip));
}

function balanceWords({ balance }) {
  return say("pay.from_balance", { amount: showAmount(balance) });
}

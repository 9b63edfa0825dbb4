import { wallet } from "../api.js";
import { Attempt } from "../attempt.js";
import { backHome, element, heading } from "../elements.js";
import { feeQuote } from "../fee_quote.js";
import { amountField, textField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { sendMovement } from "../movement_form.js";

const CHANNEL = "wallet";
const RECIPIENT = { autocapitalize: "none", spellcheck: "false", maxlength: "200" };

/** Send money to another user of the wallet. */
export async function transfer({ memory }) {
  memory.attempt ??= new Attempt();
  const me = await wallet.me();
  const balance = element("p", { class: "notice", data: { role: "spendable" } }, balanceWords(me));
  const hint = say("transfer.recipient_hint");
  const recipient = textField({ name: "recipient", label: say("transfer.recipient"), hint, ...RECIPIENT });
  const amount = amountField({ name: "amount", label: say("transfer.amount") });
  amount.node.append(feeQuote("transfer", CHANNEL, amount));
  const { form: made, slot } = form({
    role: "transfer-form",
    fields: [recipient, amount],
    submit: say("transfer.submit"),
    memory,
    send: (values) => sendMovement("transfer", values, memory.attempt, settled),
  });

  async function settled() {
    recipient.control.value = "";
    amount.control.value = "";
    amount.control.dispatchEvent(new Event("input"));
    balance.textContent = balanceWords(await wallet.me());
  }

  return [backHome(), heading(say("transfer.title")), balance, slot, made];
}

function balanceWords({ balance }) {
  return say("transfer.balance", { amount: showAmount(balance) });
}

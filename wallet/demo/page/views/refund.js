import { wallet } from "../api.js";
import { Attempt } from "../attempt.js";
import { backHome, element, heading } from "../elements.js";
import { amountField, selectField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { showAmount, typedAmount } from "../money.js";
import { doneOutcome, problemOutcome, unsentWords } from "../outcome.js";
import { leftOf, refundList } from "../refund.js";
import { showMoment } from "../times.js";

const REASONS = ["not_received", "faulty", "charged_twice", "changed_mind", "other"];

/** A payment that is asked back, or a part of it, and where that stands. */
export async function refund({ argument, memory, redraw }) {
  memory.attempt ??= new Attempt();
  const [payment, all] = await Promise.all([wallet.payment(argument), wallet.refunds()]);
  const refunds = all.filter(({ payment_id: id }) => id === payment.id);
  const { merchant, amount, created_at: at } = payment;
  const told = say("refund.payment", { merchant, amount: showAmount(amount), time: showMoment(at) });
  const left = leftOf(payment, refunds);
  return [
    backHome(),
    heading(say("refund.title")),
    element("p", { class: "notice" }, told),
    ...(left.minor > 0 ? asking(payment, left, { memory, redraw }) : [memory.outcome?.(), nothingLeft(refunds)]),
    refunds.length > 0 && element("h2", {}, say("refund.heading")),
    refunds.length > 0 && refundList(refunds),
  ];
}

function asking(payment, left, { memory, redraw }) {
  const options = REASONS.map((reason) => [reason, say(`refund.reasons.${reason}`)]);
  const reason = selectField({ name: "reason", label: say("refund.reason"), options });
  const hint = say("refund.amount_hint", { left: showAmount(left) });
  const amount = amountField({ name: "amount", label: say("refund.amount"), hint, value: typedAmount(left) });
  const { form: made, slot } = form({
    role: "refund-form",
    fields: [reason, amount],
    submit: say("refund.submit"),
    memory,
    send: (values) => ask(payment, values, { attempt: memory.attempt, redraw }),
  });
  return [slot, made];
}

async function ask({ id, merchant }, values, { attempt, redraw }) {
  try {
    const { amount, expected_by: by } = await wallet.askRefund(id, values, attempt.keyFor(values));
    attempt.answered();
    setTimeout(redraw);
    return () => doneOutcome(say("refund.asked", { merchant, amount: showAmount(amount), time: showMoment(by) }));
  } catch (error) {
    return () => problemOutcome(error, { words: error.code === "conflict" ? tooMuch(error) : unsentWords(error) });
  }
}

function tooMuch({ details: { left_minor: minor, currency } }) {
  return say("refund.too_much", { left: showAmount({ minor, currency }) });
}

function nothingLeft(refunds) {
  return refunds.length === 0 && element("p", {}, say("refund.not_possible"));
}

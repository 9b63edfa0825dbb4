import { element } from "./elements.js";
import { knows, say } from "./language.js";
import { showAmount } from "./money.js";
import { cardName } from "./movement.js";
import { showMoment } from "./times.js";

/** How much of a payment can still be asked back, by what was asked before. */
export function leftOf(payment, refunds) {
  const asked = refunds.filter(({ status }) => status !== "rejected").map(({ amount }) => amount.minor);
  const minor = payment.amount.minor - asked.reduce((sum, one) => sum + one, 0);
  return { minor: payment.status === "succeeded" ? minor : 0, currency: payment.amount.currency };
}

/** The refunds of a payment, each with where it stands. */
export function refundList(refunds) {
  return element("ul", { class: "refunds" }, refunds.map(line));
}

function line(refund) {
  const { id, status, amount } = refund;
  const badge = element("span", { class: "badge", data: { status } }, say(`refund.statuses.${status}`));
  return element(
    "li",
    { data: { role: "refund", id, status } },
    element("p", { class: "when" }, say("refund.line", { amount: showAmount(amount) }), badge),
    element("p", {}, standing(refund)),
  );
}

function standing({ status, card, rejection, expected_by: by }) {
  const time = by ? showMoment(by) : "";
  const where = card ? cardName(card) : say("activity.balance");
  if (status === "rejected") return say("refund.standing.rejected", { why: rejectionWords(rejection) });
  return say(`refund.standing.${status}`, { time, where });
}

function rejectionWords(rejection) {
  return say(knows(`refund.rejections.${rejection}`) ? `refund.rejections.${rejection}` : "refund.rejections.other");
}

import { wallet } from "./api.js";
import { button, element, icon } from "./elements.js";
import { either, say } from "./language.js";
import { showAmount } from "./money.js";
import { cardName, causeWords, isOpen, remedy, TOPICS } from "./movement.js";
import { askAbout } from "./movement_form.js";
import { announceOutcome, helpButton, movementOutcome, problemOutcome } from "./outcome.js";
import { leftOf, refundList } from "./refund.js";
import { timeElement } from "./times.js";

const SHOWN_AT_ONCE = 8;
const ICONS = { payment: "pay", topup: "topup", transfer: "transfer", withdrawal: "withdraw" };
const GONE_BACK = ["reversed", "refunded"];

/** The latest movements together, newest first, each with its kind; a payment with its refunds. */
export async function fetchActivity() {
  const [payments, topups, transfers, withdrawals, refunds] = await Promise.all([
    wallet.payments(),
    wallet.topups(),
    wallet.transfers(),
    wallet.withdrawals(),
    wallet.refunds(),
  ]);
  const refundsOf = ({ id }) => refunds.filter(({ payment_id: payment }) => payment === id);
  const movements = [
    ...payments.map((payment) => ({ ...payment, kind: "payment", refunds: refundsOf(payment) })),
    ...topups.map((topup) => ({ ...topup, kind: "topup" })),
    // Of these two the wallet itself says which kind it is.
    ...transfers.map((transfer) => ({ ...transfer, kind: "transfer" })),
    ...withdrawals,
  ];
  return movements.sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
}

/** The list of them, a few at first; the memory of the view has how many. */
export function activityList(movements, { channels, memory, refresh }) {
  if (movements.length === 0) return element("p", { class: "nothing" }, say("activity.none"));
  const list = element("ul", { class: "activity" });
  const more = button({ class: "plain-button", press: showMore }, say("activity.more"));

  function showMore() {
    show(memory.movements + SHOWN_AT_ONCE);
  }

  function show(count) {
    memory.movements = count;
    const next = movements.slice(list.childElementCount, count);
    list.append(...next.map((movement) => line(movement, channels, refresh)));
    more.hidden = list.childElementCount >= movements.length;
  }

  show(memory.movements ?? SHOWN_AT_ONCE);
  return element("div", {}, list, more);
}

function line(movement, channels, refresh) {
  const { kind, id, status, created_at: at, refunds = [] } = movement;
  return element(
    "li",
    { data: { role: "activity", status, id, kind } },
    element("div", { class: "kind" }, icon(ICONS[kind])),
    element(
      "div",
      { class: "what" },
      element("p", { class: "title" }, movementTitle(movement, channels)),
      element("p", { class: "when" }, timeElement(at), status === "succeeded" ? null : badge(status)),
    ),
    element("p", { class: "sum" }, signed(movement)),
    trouble(movement, refresh),
    refunds.length > 0 && refundList(refunds),
    details(movement),
  );
}

/** What a movement is called in a list. */
export function movementTitle(movement, channels) {
  const { kind, merchant, channel, recipient_masked: recipient, card } = movement;
  if (kind === "payment") return merchant;
  const values = { channel: channelName(channel, channels), recipient, card: card && cardName(card) };
  return say(`activity.${kind}`, values);
}

function trouble(movement, refresh) {
  const { kind, id, status, cause } = movement;
  if (status === "succeeded" || GONE_BACK.includes(status)) return null;
  const check = isOpen(movement) ? checkButton(movement, refresh) : null;
  return element(
    "div",
    { class: "trouble" },
    element("p", {}, causeWords(movement)),
    element("div", { class: "actions" }, helpButton(TOPICS[kind], id), remedy(cause), check),
  );
}

function checkButton(movement, refresh) {
  const made = button({ class: "plain-button", role: "check", press: check }, say("outcome.check"));

  async function check() {
    try {
      const found = await askAbout(movement);
      await refresh();
      announceOutcome(movementOutcome(movement.kind, found));
    } catch (error) {
      made.after(announceOutcome(problemOutcome(error)));
    }
  }

  return made;
}

function details(movement) {
  const { kind, id, card, device, fee, status } = movement;
  const source = card ? cardName(card) : kind === "payment" ? say("activity.balance") : null;
  const facts = [
    [kind === "withdrawal" ? "target" : "source", source],
    ["device", device],
    ["fee", fee && showAmount(fee)],
    ["number", id],
  ].filter(([, value]) => value);
  const fact = ([name, value]) => [element("dt", {}, say(`activity.${name}`)), element("dd", {}, value)];
  return element(
    "details",
    {},
    element("summary", {}, say("activity.details")),
    element("dl", {}, facts.flatMap(fact)),
    kind === "payment" && status === "succeeded" && element("div", { class: "actions" }, afterPaying(movement)),
  );
}

function afterPaying(payment) {
  const href = `#/refund/${encodeURIComponent(payment.id)}`;
  const way = { class: "plain-button", href, data: { role: "ask-refund" } };
  return [
    leftOf(payment, payment.refunds).minor > 0 && element("a", way, say("refund.action")),
    helpButton("report_fraud", payment.id, { role: "report-fraud", words: say("help.not_mine") }),
  ];
}

function badge(status) {
  return element("span", { class: "badge", data: { status } }, say(`activity.statuses.${status}`));
}

function signed(movement) {
  const amount = showAmount(movement.amount);
  if (movement.status !== "succeeded" && !isOpen(movement)) return element("s", {}, amount);
  return `${movement.kind === "topup" ? "+" : "−"}${amount}`;
}

/** A way to top up by the words of the wallet. */
export function channelName(code, channels) {
  const channel = channels.find((one) => one.code === code);
  return channel ? either(channel.name) : code;
}

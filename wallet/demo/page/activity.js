import { wallet } from "./api.js";
import { button, element, icon } from "./elements.js";
import { either, say } from "./language.js";
import { showAmount } from "./money.js";
import { cardName, causeWords, isOpen, remedy, TOPICS } from "./movement.js";
import { helpButton } from "./outcome.js";
import { timeElement } from "./times.js";

const SHOWN_AT_ONCE = 8;

/** The latest payments and top-ups together, newest first, each with its kind. */
export async function fetchActivity() {
  const [payments, topups] = await Promise.all([wallet.payments(), wallet.topups()]);
  const movements = [
    ...payments.map((payment) => ({ ...payment, kind: "payment" })),
    ...topups.map((topup) => ({ ...topup, kind: "topup" })),
  ];
  return movements.sort((one, other) => (one.created_at < other.created_at ? 1 : -1));
}

/** The list of them, a few at first; the memory of the view has how many. */
export function activityList(movements, channels, memory) {
  if (movements.length === 0) return element("p", { class: "nothing" }, say("activity.none"));
  const list = element("ul", { class: "activity" });
  const more = button({ class: "plain-button", press: showMore }, say("activity.more"));

  function showMore() {
    show(memory.movements + SHOWN_AT_ONCE);
  }

  function show(count) {
    memory.movements = count;
    const next = movements.slice(list.childElementCount, count);
    list.append(...next.map((movement) => line(movement, channels)));
    more.hidden = list.childElementCount >= movements.length;
  }

  show(memory.movements ?? SHOWN_AT_ONCE);
  return element("div", {}, list, more);
}

function line(movement, channels) {
  const { kind, id, status, created_at: at } = movement;
  const topup = kind === "topup";
  const title = topup ? channelName(movement.channel, channels) : movement.merchant;
  return element(
    "li",
    { data: { role: "activity", status, id, kind } },
    element("div", { class: "kind" }, icon(topup ? "topup" : "pay")),
    element(
      "div",
      { class: "what" },
      element("p", { class: "title" }, topup ? say("activity.topup", { channel: title }) : title),
      element("p", { class: "when" }, timeElement(at), status === "succeeded" ? null : badge(status)),
    ),
    element("p", { class: "sum" }, signed(movement)),
    trouble(movement),
    details(movement),
  );
}

function trouble(movement) {
  if (movement.status === "succeeded") return null;
  return element(
    "div",
    { class: "trouble" },
    element("p", {}, causeWords(movement)),
    element("div", { class: "actions" }, helpButton(TOPICS[movement.kind], movement.id), remedy(movement.cause)),
  );
}

function details(movement) {
  const { kind, id, card, device, fee } = movement;
  const source = card ? cardName(card) : kind === "payment" ? say("activity.balance") : null;
  const facts = [
    ["source", source],
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
    kind === "payment" && movement.status === "succeeded"
      ? helpButton("report_fraud", id, { role: "report-fraud", words: say("help.not_mine") })
      : null,
  );
}

function badge(status) {
  return element("span", { class: "badge", data: { status } }, say(`activity.statuses.${status}`));
}

function signed(movement) {
  const amount = showAmount(movement.amount);
  if (movement.status !== "succeeded" && !isOpen(movement)) return element("s", {}, amount);
  return `${movement.kind === "topup" ? "+" : "−"}${amount}`;
}

function channelName(code, channels) {
  const channel = channels.find((one) => one.code === code);
  return channel ? either(channel.name) : code;
}

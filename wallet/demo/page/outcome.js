import { announce } from "./announcement.js";
import { Unreachable } from "./api.js";
import { button, element, icon } from "./elements.js";
import { getHelp } from "./help.js";
import { knows, say } from "./language.js";
import { showAmount } from "./money.js";
import { causeWords, isOpen, remedy, TOPICS } from "./movement.js";
import { showMoment } from "./times.js";

const HOUR_SECONDS = 60 * 60;

/** What came of a movement. */
export function movementOutcome(kind, movement, { check } = {}) {
  const { status, amount, fee, result_expected_by: by } = movement;
  const failed = status !== "succeeded";
  const lines = [
    failed ? causeWords(movement) : null,
    isOpen(movement) && by ? say("outcome.known_by", { time: showMoment(by) }) : null,
    !failed && fee ? say("outcome.fee", { amount: showAmount(fee) }) : null,
  ];
  const values = { amount: showAmount(amount), merchant: movement.merchant, recipient: movement.recipient_masked };
  const title = say(`outcome.${kind}_${isOpen(movement) ? "open" : status}`, values);
  const actions = failed ? [helpButton(TOPICS[kind], movement.id), remedy(movement.cause), check] : [];
  return panel({ status, title, lines, actions, transaction: movement.id });
}

/** Why a request was not answered as hoped. `topic` offers help with it, `words` are better ones than the code has. */
export function problemOutcome(error, { topic = null, actions = [], words = null } = {}) {
  const status = error instanceof Unreachable ? "unreachable" : error.code ?? "internal";
  const title = words ?? problemWords(error, status);
  return panel({ status, title, lines: [], actions: [topic && helpButton(topic), ...actions] });
}

/** Something was done and needs no more than a line. */
export function doneOutcome(title, ...actions) {
  return panel({ status: "succeeded", title, lines: [], actions });
}

/** The button that opens the support line on a topic, and on a movement. */
export function helpButton(topic, transaction = null, { role = "get-help", words = say("help.get") } = {}) {
  const question = transaction ? { topic, transaction } : { topic };
  return button({ class: "help", role, data: { transaction }, press: () => getHelp(question) }, icon("help"), words);
}

/** The words for a request that may have been carried out although no answer came; null for any other error. */
export function unsentWords(error) {
  return error instanceof Unreachable ? say("outcome.unsent") : null;
}

/** The words for an error. */
export function problemWords(error, status = error.code ?? "unreachable") {
  const path = knows(`errors.${status}`) ? `errors.${status}` : "errors.internal";
  if (error.retryAfter > HOUR_SECONDS) return say("errors.too_many_today");
  return say(path, { seconds: error.retryAfter ?? 60, request: error.requestId ?? "" });
}

/** Say an outcome aloud. */
export function announceOutcome(drawn) {
  announce([...drawn.querySelectorAll("h2, .lines p")].map(({ textContent }) => textContent).join(" "));
  return drawn;
}

function panel({ status, title, lines, actions, transaction = null }) {
  const shown = actions.filter(Boolean);
  const mark = { succeeded: "done", unknown: "open", pending: "open" }[status] ?? "failed";
  return element(
    "section",
    { class: "outcome", data: { role: "result", status, transaction } },
    element("div", { class: "mark" }, icon(mark)),
    element("h2", {}, title),
    element("div", { class: "lines" }, lines.filter(Boolean).map((line) => element("p", {}, line))),
    shown.length > 0 && element("div", { class: "actions" }, shown),
  );
}

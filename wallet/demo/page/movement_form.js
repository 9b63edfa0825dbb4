import { wallet } from "./api.js";
import { button } from "./elements.js";
import { say } from "./language.js";
import { isOpen } from "./movement.js";
import { announceOutcome, movementOutcome, problemOutcome, unsentWords } from "./outcome.js";

const MINUTE_SECONDS = 60;

const CALLS = {
  payment: { send: wallet.pay, ask: wallet.askAboutPayment },
  topup: { send: wallet.topUp, ask: wallet.askAboutTopup },
  // Between two users of the wallet nothing stays open, so there is nothing to ask about.
  transfer: { send: wallet.transfer },
  withdrawal: { send: wallet.withdraw, ask: wallet.askAboutWithdrawal },
};

/** Send a movement once. Answers what draws the outcome; `settled` is called if it must not be sent again. */
export async function sendMovement(kind, order, attempt, settled) {
  try {
    const movement = await CALLS[kind].send(order, attempt.keyFor(order));
    attempt.answered();
    if (movement.status !== "declined") settled();
    return () => drawMovement(kind, movement);
  } catch (error) {
    // It may have happened all the same: the key stays for the same order.
    return () => problemOutcome(error, { words: wordsFor(kind, error) });
  }
}

/** Ask what became of a movement that is open. */
export function askAbout({ kind, id }) {
  return CALLS[kind].ask(id);
}

function wordsFor(kind, error) {
  const isOverForToday = error.code === "too_many_requests" && error.retryAfter > MINUTE_SECONDS;
  if (kind === "transfer" && isOverForToday) return say("transfer.no_more_today");
  return unsentWords(error);
}

function drawMovement(kind, movement) {
  const press = () => checkAgain(kind, movement, drawn);
  const check = isOpen(movement) ? button({ class: "plain-button", role: "check", press }, say("outcome.check")) : null;
  const drawn = movementOutcome(kind, movement, { check });
  return drawn;
}

async function checkAgain(kind, movement, drawn) {
  try {
    drawn.replaceWith(announceOutcome(drawMovement(kind, await CALLS[kind].ask(movement.id))));
  } catch (error) {
    drawn.append(problemOutcome(error));
  }
}

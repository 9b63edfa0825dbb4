import { say } from "../language.js";
import { doneOutcome, problemOutcome } from "../outcome.js";

const REASONS = ["bound", "too_many", "frozen"];

/** Change a card and draw the view again; answers what draws the outcome, in the words `done` or `refused`. */
export async function change(work, { done, refused, redraw }) {
  try {
    await work();
    setTimeout(redraw);
    return () => doneOutcome(say(done));
  } catch (error) {
    return () => problemOutcome(error, { words: wordsFor(error, refused) });
  }
}

/** Better words than the code has, where the wallet says why; `refused` where it only says no. */
export function wordsFor({ code, details }, refused) {
  if (code === "conflict" && REASONS.includes(details.reason)) return say(`cards.conflicts.${details.reason}`);
  return code === "conflict" || code === "invalid_request" ? say(refused) : null;
}

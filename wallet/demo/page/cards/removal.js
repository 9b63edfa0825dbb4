import { wallet } from "../api.js";
import { button, element } from "../elements.js";
import { say } from "../language.js";
import { cardName } from "../movement.js";
import { announceOutcome, doneOutcome, problemOutcome } from "../outcome.js";
import { wordsFor } from "./change.js";

/** What unbinding a card means, and the button that does it; `removed` gets what draws the outcome. */
export function removal(card, removed) {
  const slot = element("div", { class: "outcome-slot" });

  async function remove() {
    try {
      await wallet.removeCard(card.id);
    } catch (error) {
      slot.replaceChildren(announceOutcome(problemOutcome(error, { words: wordsFor(error, "errors.conflict") })));
      return;
    }
    removed(() => doneOutcome(say("cards.removed", { card: cardName(card) })));
  }

  return element(
    "div",
    { class: "removal" },
    slot,
    element("p", { class: "hint" }, say("cards.remove_hint")),
    button({ class: "plain-button", role: "remove-card", press: remove }, say("cards.remove_now")),
  );
}

import { element } from "./elements.js";
import { either, knows, say } from "./language.js";

/** What the support line is opened on when a movement failed. */
export const TOPICS = {
  payment: "payment_failure",
  topup: "topup_failure",
  transfer: "transfer_failure",
  withdrawal: "transfer_failure",
};

const REMEDIES = {
  over_payment_limit: "limits",
  over_daily_limit: "limits",
  card_expired: "cards",
  card_details_outdated: "cards",
  balance_too_low: "topup",
  identity_incomplete: "identity",
};

/** Whether nobody knows yet what became of it. */
export function isOpen({ status }) {
  return status === "unknown" || status === "pending";
}

/** Why it did not go through, in plain words. The wallet gives only causes that may be told. */
export function causeWords({ cause, status }) {
  if (!cause) return isOpen({ status }) ? say("causes.result_unknown") : null;
  return say(knows(`causes.${cause}`) ? `causes.${cause}` : "causes.other");
}

/** The way to where the user can mend a cause himself, if there is one. */
export function remedy(cause) {
  const view = REMEDIES[cause];
  return view ? element("a", { class: "plain-button", href: `#/${view}` }, say(`remedies.${view}`)) : null;
}

/** A card as its owner knows it. */
export function cardName(card) {
  return say("cards.name", { bank: either(card.bank), kind: say(`cards.kinds.${card.kind}`), digits: card.last_four });
}

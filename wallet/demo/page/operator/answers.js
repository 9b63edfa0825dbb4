import { movementTitle } from "../activity.js";
import { wallet } from "../api.js";
import { element } from "../elements.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { isOpen } from "../movement.js";
import { askAbout } from "../movement_form.js";
import { deed } from "./deed.js";

// ISO 8583 field 39: approved, and declined without a reason.
const CODES = { approve: "00", decline: "05" };

/** The bank answers what it has left open; the wallet asks it at once. */
export function answers(movements, channels, refresh) {
  const open = movements.filter(isOpen);
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, say("operator.answers")),
    open.length === 0 && element("p", { class: "hint" }, say("operator.no_answers")),
    element("ul", { class: "rows" }, open.map((movement) => line(movement, channels, refresh))),
  );
}

function line(movement, channels, refresh) {
  const { id, amount } = movement;
  const answer = (name) =>
    deed({
      role: `bank-${name}`,
      words: say(`operator.${name}`),
      work: async () => {
        await wallet.announceResult(id, CODES[name]);
        await askAbout(movement);
      },
      refresh,
    });
  const title = `${movementTitle(movement, channels)} · ${showAmount(amount)}`;
  return element(
    "li",
    { data: { role: "open-movement", id } },
    element("p", { class: "title" }, title),
    element("div", { class: "actions" }, Object.keys(CODES).flatMap(answer)),
  );
}

import { announce } from "../announcement.js";
import { button, element } from "../elements.js";
import { say } from "../language.js";
import { announceOutcome, problemOutcome } from "../outcome.js";

/** A button that does something behind the scenes and has the view drawn again; what goes wrong is said beside it. */
export function deed({ role, words, work, refresh, ...attributes }) {
  const slot = element("div", { class: "outcome-slot" });
  const press = async () => {
    try {
      await work();
      await refresh();
      announce(say("operator.is_done"));
    } catch (error) {
      slot.replaceChildren(announceOutcome(problemOutcome(error)));
    }
  };
  return [button({ class: "plain-button", role, press, ...attributes }, words), slot];
}

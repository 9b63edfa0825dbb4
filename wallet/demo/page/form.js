import { element } from "./elements.js";
import { readFields } from "./fields.js";
import { announceOutcome } from "./outcome.js";

/**
 * A form that is read, sent once at a time, and keeps what came of it above itself.
 * `send` gets the values and answers a function that draws the outcome in whatever language is on, or nothing.
 */
export function form({ role, fields, submit, send, memory }) {
  const slot = element("div", { class: "outcome-slot" }, memory.outcome?.());
  const button = element("button", { type: "submit", class: "primary" }, submit);
  let busy = false;

  async function onSubmit(event) {
    event.preventDefault();
    const values = busy ? null : readFields(fields.filter(({ node }) => !node.hidden));
    if (!values) return;
    busy = true;
    // What came of the one before must not be taken for an answer to this one.
    slot.replaceChildren();
    button.setAttribute("aria-busy", "true");
    try {
      memory.outcome = await send(values);
      show();
    } finally {
      busy = false;
      button.removeAttribute("aria-busy");
    }
  }

  function show() {
    const drawn = memory.outcome?.();
    slot.replaceChildren(...(drawn ? [announceOutcome(drawn)] : []));
    slot.scrollIntoView({ block: "nearest" });
  }

  const nodes = fields.map(({ node }) => node);
  const made = element("form", { novalidate: true, data: { role }, on: { submit: onSubmit } }, nodes, button);
  return { form: made, slot };
}

import { wallet } from "../api.js";
import { button, element, heading } from "../elements.js";
import { amountField, passwordField } from "../fields.js";
import { form } from "../form.js";
import { say } from "../language.js";
import { showAmount, typedAmount } from "../money.js";
import { remedy } from "../movement.js";
import { doneOutcome, problemOutcome } from "../outcome.js";
import { showMoment } from "../times.js";

const NAMES = ["per_payment", "per_day"];

/** What may be spent, what of today's is used, and a form to change it. */
export async function limits({ memory }) {
  const present = await wallet.limits();
  const meter = element("div", { class: "used" });
  const password = passwordField({ hint: say("limits.password_hint") });
  password.node.hidden = !memory.needsPassword;
  const fields = [...NAMES.map((name) => limitField(name, present)), password];
  const { form: made, slot } = form({
    role: "limits-form",
    fields,
    submit: say("limits.submit"),
    memory,
    send: async (values) => save(values, { saved, ask }),
  });

  function saved(changed) {
    meter.replaceChildren(...usedToday(changed));
    password.control.value = "";
    password.node.hidden = true;
    memory.needsPassword = false;
  }

  function ask() {
    const isFirst = password.node.hidden;
    password.node.hidden = false;
    password.control.focus();
    memory.needsPassword = true;
    return isFirst ? say("limits.password_needed") : null;
  }

  meter.append(...usedToday(present));
  return [heading(say("limits.title")), meter, slot, made];
}

async function save(values, { saved, ask }) {
  try {
    saved(await wallet.setLimits(values));
    return () => doneOutcome(say("limits.saved"));
  } catch (error) {
    const isAbove = error.code === "limit_above_level";
    if (isAbove) return () => problemOutcome(error, { words: aboveLevel(error), actions: [raiseLevel()] });
    const words = error.code === "password_required" ? ask() : null;
    return () => problemOutcome(error, { words });
  }
}

function aboveLevel({ details }) {
  const maximum = showAmount({ minor: details.maximum_minor, currency: details.currency });
  return say("limits.above", { name: say(`limits.${details.field}`), maximum });
}

function raiseLevel() {
  return remedy("identity_incomplete");
}

function limitField(name, present) {
  const maximum = present[`${name}_maximum`];
  const hint = say("limits.maximum", { maximum: showAmount(maximum), level: present.identity_level });
  const made = amountField({ name, label: say(`limits.${name}`), hint, value: typedAmount(present[name]) });
  const raise = () => {
    made.control.value = typedAmount(maximum);
    made.control.focus();
  };
  const words = [say("limits.to_maximum"), element("span", { class: "spoken" }, say(`limits.${name}`))];
  made.node.append(button({ class: "link", press: raise }, ...words));
  return made;
}

function usedToday(present) {
  const { used_today: used, per_day: whole, resets_at: reset } = present;
  const words = say("limits.used", { used: showAmount(used), whole: showAmount(whole) });
  return [
    element("p", { class: "figure", data: { role: "used-today" } }, words),
    element("progress", { max: String(whole.minor), value: String(used.minor), "aria-label": words }),
    element("p", { class: "hint" }, say("limits.resets", { time: showMoment(reset) })),
  ];
}

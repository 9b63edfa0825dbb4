import { announce } from "./announcement.js";
import { element } from "./elements.js";
import { say } from "./language.js";
import { parseAmount } from "./money.js";

let made = 0;

/** A labelled input. `read` gives {value} or {problem}: a path of words that says what is wrong. */
export function textField({ name, label, hint, read = required, ...attributes }) {
  return field({ name, label, hint, read, control: element("input", { name, autocomplete: "off", ...attributes }) });
}

/** The password again, for what being signed in is not enough. */
export function passwordField({ hint } = {}) {
  const attributes = { type: "password", autocomplete: "current-password" };
  return textField({ name: "password", label: say("sign_in.password"), hint, read: asTyped, ...attributes });
}

/** A box to tick; one that is `needed` has to be. */
export function checkField({ name, label, hint, needed = false }) {
  const control = element("input", { type: "checkbox", name });
  const read = () => (needed && !control.checked ? { problem: "problems.tick" } : { value: control.checked });
  const made = field({ name, label, hint, read, control });
  made.node.classList.add("check");
  return made;
}

/** A labelled input for an amount of money. */
export function amountField({ name, label, hint, value }) {
  const control = element("input", { name, value, inputmode: "decimal", autocomplete: "off", class: "amount" });
  return field({ name, label, hint, read: readAmount, control });
}

/** A labelled choice; options are [value, words]. */
export function selectField({ name, label, hint, options, chosen }) {
  const made = options.map(([value, words]) => element("option", { value, selected: value === chosen }, words));
  return field({ name, label, hint, read: required, control: element("select", { name }, made) });
}

/** The values of all fields by their names, or null: then each field at fault says so and the first has the focus. */
export function readFields(fields) {
  const results = fields.map((one) => ({ one, ...one.read() }));
  results.forEach(({ one, problem }) => one.show(problem ? say(problem) : null));
  const first = results.find(({ problem }) => problem);
  if (!first) return Object.fromEntries(results.map(({ one, value }) => [one.name, value]));
  first.one.control.focus();
  announce(say(first.problem));
  return null;
}

function field({ name, label, hint, read, control }) {
  const id = `field-${(made += 1)}`;
  const told = { id: `${id}-problem`, class: "field-problem", hidden: true, data: { role: "problem" } };
  const problem = element("p", told);
  const explained = hint ? element("p", { id: `${id}-hint`, class: "hint" }, hint) : null;
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return {
    name,
    control,
    node: element("div", { class: "field" }, element("label", { for: id }, label), control, explained, problem),
    read: () => read(control.value),
    show(words) {
      problem.hidden = !words;
      problem.textContent = words ?? "";
      words ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
      const ids = [words && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
      ids ? control.setAttribute("aria-describedby", ids) : control.removeAttribute("aria-describedby");
    },
  };
}

function required(typed) {
  const value = typed.trim();
  return value ? { value } : { problem: "problems.missing" };
}

/** A password as it was typed: blanks may belong to it. */
export function asTyped(typed) {
  return typed ? { value: typed } : { problem: "problems.missing" };
}

function readAmount(typed) {
  const { amount, problem } = parseAmount(typed);
  return amount ? { value: amount } : { problem: `problems.amount_${problem}` };
}

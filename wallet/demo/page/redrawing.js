const LASTING = "details, input, select, textarea, button, a, summary, [tabindex]";

/** Put a view drawn anew in the place of the one shown: open stays open, typed stays typed, the focus where it was. */
export function drawAgain(place, parts) {
  const before = [...named(place)].map(([name, one]) => [name, stateOf(one)]);
  place.replaceChildren(...parts);
  const after = named(place);
  before.forEach(([name, state]) => after.has(name) && restore(after.get(name), state));
  const focused = before.find(([, { selection }]) => selection);
  if (focused && after.has(focused[0])) focus(after.get(focused[0]), focused[1].selection);
}

/** What lasts, by a name no language is in: whose it is, its form, its own name, and which of the same it is. */
function named(place) {
  const counts = new Map();
  const entry = (one) => {
    const owner = one.closest("[data-id]")?.dataset.id ?? "";
    const form = one.closest("form")?.dataset.role ?? "";
    const name = [owner, form, one.localName, one.name || one.dataset.role || ""].join(" ");
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return [`${name} ${counts.get(name)}`, one];
  };
  return new Map([...place.querySelectorAll(LASTING)].map(entry));
}

function stateOf(one) {
  const { open, value, checked } = one;
  const selection = one === document.activeElement ? [one.selectionStart, one.selectionEnd] : null;
  return { open, value, checked, selection };
}

function restore(one, { open, value, checked }) {
  if (one.localName === "details") one.open = open;
  if (one.type === "checkbox" || one.type === "radio") one.checked = checked;
  else if (["input", "select", "textarea"].includes(one.localName)) one.value = value;
  // What hangs on a choice follows it.
  if (one.localName === "select") one.dispatchEvent(new Event("change"));
}

function focus(one, [from, to]) {
  one.focus({ preventScroll: true });
  if (typeof from === "number") one.setSelectionRange(from, to);
}

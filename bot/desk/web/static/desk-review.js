// The verdict by keyboard: 1 to 7 choose one, f flags, s skips, g goes on. Off where single-letter keys are switched off.

import { keptFor } from "./desk-kept.js";

const KEYS = { f: "flag", s: "skip", g: "verdict-next" };

const part = () => document.getElementById("verdict-part");

document.addEventListener("keydown", (event) => {
  const isWriting = event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
  if (isWriting || isElsewhere || !part() || document.querySelector("dialog[open]")) return;
  if (!keptFor(part().dataset.agent).get("single-keys", true)) return;
  const chosen = Object.hasOwn(KEYS, event.key)
    ? part().querySelector(`[data-role=${KEYS[event.key]}]`)
    : part().querySelector(`[data-role=give-verdict][data-key="${CSS.escape(event.key)}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.click();
});

// What was pressed is gone with the part that is shown anew; who works by keyboard goes on where the work goes on.
document.addEventListener("htmx:afterSettle", (event) => {
  const isDeed = event.detail.requestConfig?.verb === "post";
  if (isDeed && event.detail.target.id === "verdict-part") part()?.querySelector("[data-focus]")?.focus();
});

// The list of conversations and the page of one: keys, links to share, addresses without empty fields.

import { startHiding } from "./desk-reveal.js";
import { startKeys } from "./desk-keys.js";

const COPIED_LASTS_MS = 2000;

const page = document.querySelector("[data-keys]");

const focusOn = (role) => () => document.querySelector(`[data-role=${role}]`)?.focus();

// What a link or button of the page does by a key stands at it.
function keysOfThePage() {
  const own = { "/": focusOn("filter-q"), n: focusOn("note"), t: focusOn("tag") };
  for (const element of page.querySelectorAll("[data-key]")) own[element.dataset.key] = () => element.click();
  return own;
}

function share(button) {
  const words = button.dataset.words ??= button.textContent;
  const address = new URL(button.dataset.share, location.href).href;
  navigator.clipboard.writeText(address).then(() => {
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), COPIED_LASTS_MS);
  });
}

// A line that is not among those shown is asked for; the desk shows those around it.
function findLine() {
  const seq = /^#line-(\d{1,18})$/.exec(location.hash)?.[1];
  if (!seq || document.getElementById(`line-${seq}`)) return;
  const address = new URL(location.href);
  if (address.searchParams.get("line") === seq) return;
  address.searchParams.set("line", seq);
  location.replace(address);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share]");
  if (button) share(button);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.elt.matches?.("[data-empties]")) event.detail.elt.reset();
});

document.addEventListener("htmx:afterSettle", (event) => event.detail.target.querySelector?.("[data-focus]")?.focus());

// A line has been put right, or no longer: its mark is shown anew.
document.body.addEventListener("desk:corrected", (event) => {
  const target = document.getElementById(`corrected-${event.detail.seq}`);
  if (!target) return;
  const address = `/conversations/${encodeURIComponent(page.dataset.conversation)}/lines/${event.detail.seq}/mark`;
  window.htmx.ajax("GET", address, { target });
});

for (const form of document.querySelectorAll("[data-leaves-out-empty]")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });
}

startKeys(page, keysOfThePage());
page.dataset.keys = "ready";
startHiding();
findLine();
window.addEventListener("hashchange", findLine);

// Keys for those who work here all day. Single letters act only outside of fields, and can be switched off.

import { keptFor } from "./desk-kept.js";

const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);

function move(by) {
  const all = items();
  if (!all.length) return;
  const place = all.findIndex((item) => item === document.activeElement || item.parentElement.contains(document.activeElement));
  const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1);
  all[next].focus();
}

function focusOn(selector) {
  const element = document.querySelector(selector);
  if (element) element.focus();
  return element !== null;
}

const tell = (name) => document.body.dispatchEvent(new CustomEvent(`desk:${name}`));

// `own` are the keys of this page, by what they do.
export function startKeys(page, own = {}) {
  const kept = keptFor(page.dataset.agent);
  const dialog = document.getElementById("keys");
  const box = dialog.querySelector("[data-role=single-keys]");
  box.checked = kept.get("single-keys", true);
  box.addEventListener("change", () => kept.set("single-keys", box.checked));

  const does = {
    j: () => move(1),
    k: () => move(-1),
    c: () => (document.activeElement.closest("[data-role=waiting-row]") ?? page.querySelector(".talk-foot"))
      ?.querySelector("[data-role=claim]")?.click(),
    r: () => focusOn("[data-role=answer]"),
    n: () => { focusOn("[data-role=note]"); },
    i: () => tell("details"),
    "/": () => tell("canned"),
    "?": () => dialog.showModal(),
    ...own,
  };

  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isWriting) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (dialog.open) return;
    const isInList = document.activeElement.closest("[data-list]") !== null;
    if (isInList && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (box.checked && Object.hasOwn(does, event.key)) {
      event.preventDefault();
      does[event.key]();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-role=keys-open]")) dialog.showModal();
  });
}

const line = document.querySelector("[data-role=announcement]");

/** Have a screen reader say something; the same words again are said again. */
export function announce(text) {
  line.textContent = "";
  requestAnimationFrame(() => (line.textContent = text));
}

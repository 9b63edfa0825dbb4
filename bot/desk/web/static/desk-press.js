// What is just being pressed must not be swapped away by news: the press would be lost with it. The parts that were
// held back for it are fetched again when it is let go.

export function startHoldingBack() {
  const heldBack = new Set();
  let isFrameHeldBack = false;
  // Not ":active", which the browser leaves on when a press becomes a drag.
  let pressed = null;

  document.addEventListener("pointerdown", (event) => { if (event.button === 0) pressed = event.target; }, true);
  document.addEventListener("keydown", (event) => { if (event.key === " ") pressed = event.target; }, true);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, target } = event.detail;
    if (elt !== target || !target.contains(pressed)) return;
    event.detail.shouldSwap = false;
    heldBack.add(target);
  });

  // Parts of the frame come along with an answer to another part, which asks anew at this news.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (!event.detail.target.contains(pressed)) return;
    event.detail.shouldSwap = false;
    isFrameHeldBack = true;
  });

  function fetchHeldBack() {
    for (const part of heldBack) window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part, target: part });
    heldBack.clear();
    if (isFrameHeldBack) document.body.dispatchEvent(new CustomEvent("desk:queue"));
    isFrameHeldBack = false;
  }

  function letGo() {
    pressed = null;
    // The click comes in the same task as the release, and goes first.
    if (heldBack.size || isFrameHeldBack) setTimeout(fetchHeldBack);
  }

  // A drag and a menu swallow the release; they say so with "pointercancel" and "contextmenu".
  for (const name of ["pointerup", "pointercancel", "contextmenu", "keyup"]) document.addEventListener(name, letGo, true);
  window.addEventListener("blur", letGo);
}

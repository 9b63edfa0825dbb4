// What is just being pressed must not be swapped away by news: the press would be lost with it. The parts that were
// held back for it are fetched again when it is let go.

export function startHoldingBack() {
  const heldBack = new Set();
  let isFrameHeldBack = false;

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { elt, target } = event.detail;
    if (elt !== target || !target.matches(":active")) return;
    event.detail.shouldSwap = false;
    heldBack.add(target);
  });

  // Parts of the frame come along with an answer to another part, which asks anew at this news.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (!event.detail.target.matches(":active")) return;
    event.detail.shouldSwap = false;
    isFrameHeldBack = true;
  });

  function fetchHeldBack() {
    for (const part of heldBack) window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part, target: part });
    heldBack.clear();
    if (isFrameHeldBack) document.body.dispatchEvent(new CustomEvent("desk:queue"));
    isFrameHeldBack = false;
  }

  // The click comes in the same task as the release, and goes first.
  for (const name of ["pointerup", "pointercancel", "keyup"]) {
    document.addEventListener(name, () => { if (heldBack.size || isFrameHeldBack) setTimeout(fetchHeldBack); });
  }
}

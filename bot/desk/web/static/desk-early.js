// A button pressed before the page's scripts listen would do nothing, or be sent without its question. The press is held
// and made once they do. Not deferred, as it must be there before there is anything to press.

{
  let pressed = null;

  function hold(event) {
    pressed = event.target.closest("button");
    if (!pressed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener("click", hold, true);
  // Deferred scripts have run by then; htmx binds at this very event, so the press is made after it.
  document.addEventListener("DOMContentLoaded", () => setTimeout(() => {
    document.removeEventListener("click", hold, true);
    pressed?.click();
  }));
}

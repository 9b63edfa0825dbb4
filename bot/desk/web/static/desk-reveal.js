// Hides what was revealed when its time is over, also while the desk is away and cannot show the form again.

export function startHiding() {
  const ends = new WeakMap();

  function hide() {
    for (const revealed of document.querySelectorAll("[data-role=revealed]")) {
      const seconds = Number(revealed.dataset.seconds);
      if (!ends.has(revealed)) {
        ends.set(revealed, Date.now() + seconds * 1000);
        setTimeout(hide, seconds * 1000 + 50);
      } else if (Date.now() >= ends.get(revealed)) {
        revealed.querySelector("[data-role=revealed-values]")?.remove();
      }
    }
  }

  document.addEventListener("htmx:afterSettle", hide);
  // A machine that slept does not count its time.
  document.addEventListener("visibilitychange", hide);
}

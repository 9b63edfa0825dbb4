// Waiting times that go on by themselves; counted from what the desk's clock said, for this machine's may be wrong.

const seen = new WeakMap();

function secondsOf(time) {
  if (!seen.has(time)) seen.set(time, { passed: Number(time.dataset.seconds), at: performance.now() });
  const { passed, at } = seen.get(time);
  return Math.max(0, Math.floor(passed + (performance.now() - at) / 1000));
}

function written(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function tick() {
  for (const time of document.querySelectorAll("[data-role=ticking]")) time.textContent = written(secondsOf(time));
}

export function startTicking() {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", tick);
}

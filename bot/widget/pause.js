const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** Milliseconds to wait before try number `tries` + 1: growing, and never the same for two clients. */
export function backoff(tries) {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return whole * (0.5 + Math.random() / 2);
}

/** A wait that ends early when it is woken, when the device is back online, or with `signal`. */
export class Pause {
  #end = () => {};

  wake() {
    this.#end();
  }

  async wait(milliseconds, signal) {
    if (signal.aborted) return;
    await new Promise((resolve) => {
      const timer = setTimeout(() => this.#end(), milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        window.removeEventListener("online", this.#end);
        signal.removeEventListener("abort", this.#end);
        resolve();
      };
      window.addEventListener("online", this.#end);
      signal.addEventListener("abort", this.#end);
    });
  }
}

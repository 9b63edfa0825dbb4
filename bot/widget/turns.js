const tails = new Map();

/** How long to wait before the next try, never the same for two clients. */
export function backoff(tries) {
  return Math.min(30_000, 1000 * 2 ** tries) * (0.5 + Math.random() / 2);
}

/** A wait that ends early: woken, back online, or with `signal`. */
export class Pause {
  wake() {
    this.end?.();
  }

  async wait(milliseconds, signal) {
    if (signal.aborted) return;
    const ended = new AbortController();
    await new Promise((end) => {
      this.end = end;
      setTimeout(end, milliseconds);
      window.addEventListener("online", end, { signal: ended.signal });
      signal.addEventListener("abort", end, { signal: ended.signal });
    });
    ended.abort();
  }
}

/** Run a task while no other of the same name runs, in any tab. */
export async function locked(name, task) {
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return task();
  };
  try {
    return await navigator.locks.request(`wallet-hotline:${name}`, begin);
  } catch (error) {
    if (hasBegun) throw error;
  }
  // In plain HTTP and sandboxed frames there are no locks.
  const turn = Promise.resolve(tails.get(name)).then(begin, begin);
  tails.set(name, turn);
  return turn;
}

import { locked } from "./lock.js";
import { Pause, backoff } from "./pause.js";
import { TokenNeeded } from "./session.js";

const TRIES = 5;
const TOKEN_WAIT_MS = 60_000;

/**
 * What the user has said and the server has not confirmed: kept on the device, sent in order, one at a time over all tabs.
 * An entry is `{id, label, text | choice | topic..., at, after, state: "sending" | "waiting" | "failed" | "refused", reason, tries}`.
 */
export class Outbox {
  #stopped = new AbortController();
  #draining = false;
  #pause = new Pause();
  #inFlight = null;

  /**
   * @param {{store: object, key: string, isConnected: () => boolean, send: (entry: object, signal: AbortSignal) => Promise<number>,
   *   onSent: (entry: object, seq: number) => void, onOutdated: (entry: object) => void, onChange: () => void}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  get entries() {
    return this.store.get(this.key) ?? [];
  }

  /** Whether an answer of the server is being waited for. */
  get isSending() {
    return this.#inFlight !== null;
  }

  has(id) {
    return this.entries.some((entry) => entry.id === id);
  }

  add(entry) {
    const at = new Date().toISOString();
    this.#save([...this.entries, { ...entry, id: newId(), at, state: "sending", reason: null, tries: 0 }]);
    this.drain();
  }

  /** Try again what failed, all of it, so that it stays in order. */
  retry() {
    const queued = (entry) => (entry.state === "failed" ? { ...entry, state: "sending", reason: null, tries: 0 } : entry);
    this.#save(this.entries.map(queued));
    this.drain();
  }

  /** Take out an entry: the user gave it up, or the server is known to have it. */
  remove(id) {
    const entries = this.entries;
    const kept = entries.filter((entry) => entry.id !== id);
    if (kept.length < entries.length) this.#save(kept);
  }

  clear() {
    this.store.remove(this.key);
    this.onChange();
  }

  stop() {
    this.#stopped.abort();
  }

  /** Send what is there, without waiting for the next try. */
  wake() {
    this.#pause.wake();
    this.drain();
  }

  /** Send what is there, each when its time has come. */
  async drain() {
    if (this.#draining) return;
    this.#draining = true;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const wait = await locked(this.key, () => this.#sendNext(signal));
      if (wait === null && !this.#next) break;
      if (wait > 0) await this.#pause.wait(wait, signal);
    }
    this.#draining = false;
  }

  get #next() {
    return this.entries.find(isQueued);
  }

  // The wait before the next one, or null if there is none.
  async #sendNext(signal) {
    const entry = this.#next;
    if (!entry || signal.aborted) return null;
    this.#inFlight = entry.id;
    this.onChange();
    try {
      const seq = await this.send(entry, signal);
      if (signal.aborted) return null;
      this.onSent(entry, seq);
      this.remove(entry.id);
      return 0;
    } catch (error) {
      return signal.aborted ? null : this.#settle(entry, error);
    } finally {
      this.#inFlight = null;
      if (!signal.aborted) this.onChange();
    }
  }

  #settle(entry, error) {
    if (error instanceof TokenNeeded) return this.#keepWaiting(entry, "token", TOKEN_WAIT_MS);
    const { status, code, retryAfterMs } = error;
    if (status === 429) return this.#keepWaiting(entry, "too_many_requests", retryAfterMs || backoff(2));
    if (status === 0 || status >= 500) {
      // Without the stream either, the whole server is away, and coming back it is noticed.
      if (!this.isConnected()) return this.#keepWaiting(entry, "network", Math.max(retryAfterMs, backoff(entry.tries + 1)));
      return this.#tryAgain(entry, status ? "unavailable" : "network", retryAfterMs);
    }
    if (status === 403 || status === 409) {
      this.remove(entry.id);
      this.onOutdated(entry);
      return 0;
    }
    this.#update(entry.id, { state: "refused", reason: code });
    return 0;
  }

  #keepWaiting(entry, reason, wait) {
    const tries = reason === "network" ? entry.tries + 1 : entry.tries;
    this.#update(entry.id, { state: "waiting", reason, tries: Math.min(tries, TRIES - 1) });
    return wait;
  }

  #tryAgain(entry, reason, retryAfterMs) {
    const tries = entry.tries + 1;
    if (tries < TRIES) {
      this.#update(entry.id, { state: "sending", reason, tries });
      return Math.max(retryAfterMs, backoff(entry.tries));
    }
    // The rest would overtake it.
    this.#save(this.entries.map((each) => (isQueued(each) ? { ...each, state: "failed", reason } : each)));
    return 0;
  }

  #update(id, change) {
    this.#save(this.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  }

  #save(entries) {
    this.store.set(this.key, entries);
    this.onChange();
  }
}

function isQueued({ state }) {
  return state === "sending" || state === "waiting";
}

// crypto.randomUUID is missing on pages that came by plain HTTP.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

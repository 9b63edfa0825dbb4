import { TokenNeeded } from "./session.js";
import { Pause, backoff, locked } from "./turns.js";

const TRIES = 5;
const TOKEN_WAIT_MS = 60_000;
const FRESH = { state: "sending", reason: null, tries: 0 };

/** What the server has not confirmed: kept, and sent in order, one at a time over all tabs. */
export class Outbox {
  #stopped = new AbortController();
  #pause = new Pause();
  #isDraining = false;
  #waits = 0;

  isSending = false;

  constructor(conversation, key) {
    Object.assign(this, { conversation, key });
  }

  get entries() {
    return this.conversation.store.get(this.key) ?? [];
  }

  add(entry) {
    this.#save([...this.entries, { ...entry, ...FRESH, id: newId(), at: new Date() }]);
  }

  /** Try all that failed again, in order. */
  retry() {
    this.#change(({ state }) => state === "failed", FRESH);
    this.drain();
  }

  /** Take out what the user gave up or the server has. */
  remove(id) {
    const { entries } = this;
    const kept = entries.filter((entry) => entry.id !== id);
    if (kept.length < entries.length) this.#save(kept);
  }

  clear() {
    this.#save([]);
  }

  stop() {
    this.#stopped.abort();
  }

  wake() {
    this.#pause.wake();
    this.drain();
  }

  async drain() {
    if (this.#isDraining) return;
    this.#isDraining = true;
    const { signal } = this.#stopped;
    while (!signal.aborted && this.entries.some(isQueued)) {
      const wait = await locked(this.key, () => this.#sendNext(signal));
      if (wait > 0) await this.#pause.wait(wait, signal);
    }
    this.#isDraining = false;
  }

  // Answers how long to wait before the next one.
  async #sendNext(signal) {
    const entry = this.entries.find(isQueued);
    if (!entry || signal.aborted) return 0;
    this.isSending = true;
    this.conversation.changed();
    try {
      await this.conversation.send(entry, signal);
      if (!signal.aborted) this.remove(entry.id);
      this.#waits = 0;
      return 0;
    } catch (error) {
      return signal.aborted ? 0 : this.#settle(entry, error);
    } finally {
      this.isSending = false;
      this.conversation.changed();
    }
  }

  #settle({ id, tries }, error) {
    const { status, code, retryAfterMs } = error;
    const change = (change) => this.#change((entry) => entry.id === id, change);
    const wait = (reason, milliseconds) => {
      change({ state: "waiting", reason });
      return milliseconds;
    };
    if (error instanceof TokenNeeded) return wait("token", TOKEN_WAIT_MS);
    if (status === 429) return wait("too_many_requests", retryAfterMs || backoff(2));
    // Without the stream either, the server is away, and noticed when it is back.
    if (status === 0 && !this.conversation.isLive) return wait("network", backoff(++this.#waits));
    if (status === 0 || status >= 500) {
      const reason = status ? "unavailable" : "network";
      if (tries + 1 < TRIES) {
        change({ state: "sending", reason, tries: tries + 1 });
        return Math.max(retryAfterMs, backoff(tries));
      }
      // The rest would overtake it.
      this.#change(isQueued, { state: "failed", reason });
    } else if (status === 403 || status === 409) {
      this.remove(id);
      this.conversation.onOutdated();
    } else change({ state: "refused", reason: code });
    return 0;
  }

  #change(isMeant, change) {
    this.#save(this.entries.map((entry) => (isMeant(entry) ? { ...entry, ...change } : entry)));
  }

  #save(entries) {
    this.conversation.store.set(this.key, entries);
    this.conversation.changed();
  }
}

function isQueued({ state }) {
  return state === "sending" || state === "waiting";
}

// In plain HTTP there is no crypto.randomUUID.
function newId() {
  const random = (bits) => crypto.getRandomValues(new Uint8Array(1))[0] & bits;
  return "00000000-0000-4000-8000-000000000000".replace(/[08]/g, (digit) => (digit | random(digit < 8 ? 15 : 3)).toString(16));
}

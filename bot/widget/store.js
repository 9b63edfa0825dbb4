const PREFIX = "wallet-hotline:";

/** What is kept on this device, as JSON; only in memory where the browser gives no storage. */
export class Store {
  #area;
  #memory = new Map();

  /** @param {"localStorage" | "sessionStorage"} area */
  constructor(area) {
    try {
      this.#area = globalThis[area];
      this.#area.getItem(PREFIX);
    } catch {
      this.#area = null;
    }
  }

  get(key) {
    if (this.#memory.has(key)) return structuredClone(this.#memory.get(key));
    try {
      return JSON.parse(this.#area?.getItem(PREFIX + key) ?? "null");
    } catch {
      return null;
    }
  }

  set(key, value) {
    try {
      this.#area.setItem(PREFIX + key, JSON.stringify(value));
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, structuredClone(value));
    }
  }

  remove(key) {
    this.#memory.delete(key);
    try {
      this.#area?.removeItem(PREFIX + key);
    } catch {
      // Nothing is kept where storage is blocked.
    }
  }

  /** Forget every key that contains `part`. */
  removeAll(part) {
    for (const key of this.#keys()) if (key.includes(part)) this.remove(key);
  }

  /** Call `listener(key)` when another tab has changed a key; key is null when it has cleared all. Ends with `signal`. */
  listen(listener, signal) {
    const heard = ({ key, storageArea }) => {
      if (storageArea !== this.#area) return;
      if (key === null || key.startsWith(PREFIX)) listener(key && key.slice(PREFIX.length));
    };
    window.addEventListener("storage", heard, { signal });
  }

  #keys() {
    const stored = [];
    try {
      stored.push(...Object.keys(this.#area ?? {}));
    } catch {
      // Nothing is kept where storage is blocked.
    }
    const own = stored.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    return new Set([...own, ...this.#memory.keys()]);
  }
}

const PREFIX = "wallet-hotline:";

/** What is kept on this device; in memory where the browser gives no storage, or no more. */
export class Store {
  #area;

  constructor(area) {
    try {
      this.#area = window[area];
      this.#area.getItem(PREFIX);
    } catch {
      this.#area = {};
    }
  }

  get(key) {
    try {
      return JSON.parse(this.#area[PREFIX + key]);
    } catch {
      return null;
    }
  }

  set(key, value) {
    const text = JSON.stringify(value);
    try {
      this.#area[PREFIX + key] = text;
    } catch {
      this.#area = { ...this.#area, [PREFIX + key]: text };
    }
  }

  remove(key) {
    delete this.#area[PREFIX + key];
  }

  removeAll(part) {
    for (const key of Object.keys(this.#area)) if (key.startsWith(PREFIX) && key.includes(part)) delete this.#area[key];
  }

  /** Tell of each key that another tab changes; null is all of them. */
  listen(listener, signal) {
    const heard = ({ key, storageArea }) => {
      if (storageArea === this.#area) listener(key && key.slice(PREFIX.length));
    };
    window.addEventListener("storage", heard, { signal });
  }
}

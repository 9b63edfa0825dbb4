const ANSWER_MS = 5000;

/** Finds secrets in what the user writes. Loaded when it is first needed, and again if that failed. */
export class Redactor {
  #loading = null;
  #redact = null;

  load() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Whether secrets would be found. */
  get isReady() {
    return this.#redact !== null;
  }

  /** `{text, kinds}` without secrets; untouched when the words to know them by cannot be had: the server cuts as well. */
  async redact(text) {
    await this.load();
    return this.redactNow(text);
  }

  /** The same, with what is loaded by now. */
  redactNow(text) {
    return this.#redact?.(text) ?? { text, kinds: [] };
  }

  async #load() {
    try {
      const { makeRedactor } = await import("./secrets.js");
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(new URL("secrets.json", import.meta.url), { credentials: "omit", signal });
      this.#redact = makeRedactor(await response.json());
    } catch {
      this.#loading = null;
    }
  }
}

const SHOWN_AFTER_MS = 2000;

/** Why nothing comes in: told only when it lasts. */
export class Trouble {
  #timer = null;

  /** "offline", "reconnecting", "token", or null. */
  now = null;

  constructor(onChange) {
    this.onChange = onChange;
  }

  /** There is no connection, most times only for a moment. */
  expect() {
    this.#timer ??= setTimeout(() => this.set(navigator.onLine ? "reconnecting" : "offline"), SHOWN_AFTER_MS);
  }

  set(trouble) {
    this.stop();
    this.now = trouble;
    this.onChange();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = this.now = null;
  }
}

const KEY_BYTES = 16;

/** One wish to move money: the same key while the same is asked for and no answer has come, so it happens once. */
export class Attempt {
  #key = null;
  #order = null;

  /** The key to send an order under. */
  keyFor(order) {
    const written = JSON.stringify(order);
    if (written !== this.#order) {
      this.#order = written;
      this.#key = newKey();
    }
    return this.#key;
  }

  /** An answer has come: the next order is another one, even if it asks for the same. */
  answered() {
    this.#order = null;
  }
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

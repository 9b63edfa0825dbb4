const LONGEST_MS = 30_000;
const AFTER_TURN_MS = 1500;

/** Who is writing just now; never for longer than half a minute. */
export class Typing {
  #timers = new Map();
  #isTurn = false;
  #isStored = false;

  /** @param {() => void} onEnd - called when somebody stops by the clock */
  constructor(onEnd) {
    this.onEnd = onEnd;
  }

  /** "person", "bot" or null. */
  get author() {
    return ["person", "bot"].find((author) => this.#timers.has(author)) ?? null;
  }

  tell(author, isOn) {
    if (isOn) this.#until(author, LONGEST_MS);
    else this.#end(author);
  }

  /** The user's own message is on its way to the bot, or no longer. */
  followTurn(isTurn) {
    if (isTurn === this.#isTurn) return;
    this.#isTurn = isTurn;
    if (isTurn) {
      this.#isStored = false;
      this.#until("bot", LONGEST_MS);
    } else if (!this.#isStored) {
      this.#end("bot");
    } else if (this.#timers.has("bot")) {
      this.#until("bot", AFTER_TURN_MS);
    }
  }

  /** The server has the message: its answers are on their way, if there are any. */
  turnStored() {
    this.#isStored = true;
  }

  stop() {
    for (const author of [...this.#timers.keys()]) this.#end(author);
  }

  #until(author, milliseconds) {
    this.#end(author);
    const stop = () => {
      this.#timers.delete(author);
      this.onEnd();
    };
    this.#timers.set(author, setTimeout(stop, milliseconds));
  }

  #end(author) {
    clearTimeout(this.#timers.get(author));
    this.#timers.delete(author);
  }
}

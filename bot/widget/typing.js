const LONGEST_MS = 30_000;
const AFTER_TURN_MS = 1500;

/** Who is writing just now; never for longer than half a minute. */
export class Typing {
  #timers = {};
  #isTurn = false;
  #isStored = false;

  constructor(onEnd) {
    this.onEnd = onEnd;
  }

  get author() {
    return ["person", "bot"].find((author) => this.#timers[author]) ?? null;
  }

  tell(author, isOn, milliseconds = LONGEST_MS) {
    clearTimeout(this.#timers[author]);
    const end = () => {
      this.tell(author, false);
      this.onEnd();
    };
    this.#timers[author] = isOn && setTimeout(end, milliseconds);
  }

  /** The user's own message is on its way to the bot, or no longer. */
  followTurn(isTurn) {
    if (isTurn === this.#isTurn) return;
    this.#isTurn = isTurn;
    if (isTurn) {
      this.#isStored = false;
      this.tell("bot", true);
    } else this.tell("bot", this.#isStored && this.#timers.bot, AFTER_TURN_MS);
  }

  /** The server has the message: answers are on their way, if any. */
  turnStored() {
    this.#isStored = true;
  }

  stop() {
    this.tell("bot", false);
    this.tell("person", false);
  }
}

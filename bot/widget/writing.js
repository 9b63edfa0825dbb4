const AGAIN_MS = 3000;
const QUIET_MS = 5000;

/** Tells a person that the user is writing; never what. */
export class Writing {
  #quiet = null;
  #toldAt = 0;

  constructor(conversation) {
    this.conversation = conversation;
  }

  follow(text) {
    if (!text.trim()) {
      this.stop();
      return;
    }
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.stop(), QUIET_MS);
    if (Date.now() - this.#toldAt < AGAIN_MS || !this.#tell(true)) return;
    this.#toldAt = Date.now();
  }

  stop() {
    clearTimeout(this.#quiet);
    if (this.#toldAt) this.#tell(false);
    this.#toldAt = 0;
  }

  #tell(isOn) {
    const { isServed, session, channel } = this.conversation;
    if (isServed && session.kept) channel.tellWriting(session.kept.session_token, isOn);
    return isServed;
  }
}

import { TEXTS } from "./language.js";
import { download, transcriptName, transcriptOf } from "./transcript.js";

/** What the user can do in the panel, done to the conversation that the element shows. */
export class Actions {
  /** @param {object} element - the `<wallet-hotline>`, which knows conversation, panel and language of the moment */
  constructor(element, { redactor, draft }) {
    Object.assign(this, { element, redactor, draft });
  }

  get #texts() {
    return TEXTS[this.element.shownLanguage];
  }

  /** Send what was written. Answers what is to stay in the field: a text with a secret comes back without it. */
  async send(written) {
    const { text, kinds } = await this.redactor.redact(written);
    if (!kinds.length) {
      this.#say({ text, label: text });
      this.draft.forget(this.element.conversation.slot);
      return "";
    }
    const { secretHidden, secretKinds } = this.#texts;
    const names = kinds.map((kind) => secretKinds[kind]);
    const list = new Intl.ListFormat(this.element.shownLanguage, { type: "conjunction" }).format(names);
    this.#tell(secretHidden.replace("{kinds}", list));
    return text;
  }

  /** Tap a button of a message. */
  choose({ title, token }) {
    this.#say({ choice: token, label: title });
  }

  /** Say a topic that the server has a ready-made choice for. */
  bringUp(topic, transaction) {
    const { conversation, shownLanguage } = this.element;
    const isSame = (entry) => entry.topic === topic && entry.transaction === transaction && entry.state !== "refused";
    if (conversation.outbox.entries.some(isSame)) {
      conversation.outbox.retry();
      return;
    }
    const label = conversation.session.titleOfChoice(topic, shownLanguage) ?? this.#texts.topics[topic];
    this.#say({ topic, topicLanguage: shownLanguage, transaction, label });
  }

  retry() {
    this.element.conversation.outbox.retry();
  }

  discard(id) {
    this.element.conversation.outbox.remove(id);
  }

  switchLanguage() {
    this.element.switchLanguage();
  }

  close() {
    this.element.close();
  }

  async startOver() {
    const { conversation, panel } = this.element;
    try {
      await conversation.startOver();
      panel.log.silence();
      this.#tell("");
      panel.composer.focus();
    } catch {
      this.#tell(this.#texts.startOverFailed);
    }
  }

  async transcript() {
    const { conversation, shownLanguage: language } = this.element;
    const texts = this.#texts;
    const heading = this.element.getAttribute("heading") ?? texts.heading;
    try {
      download(transcriptOf(await conversation.history(), { texts, language, heading }), transcriptName(texts));
    } catch {
      this.#tell(texts.transcriptFailed);
    }
  }

  #say(said) {
    this.#tell("");
    this.element.conversation.say(said);
  }

  #tell(text) {
    this.element.panel.tell(text);
  }
}

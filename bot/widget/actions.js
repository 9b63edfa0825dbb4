import { fill } from "./dom.js";
import { TEXTS } from "./language.js";
import { download } from "./transcript.js";

/** What the user can do in the panel. */
export class Actions {
  constructor(element, redactor, draft) {
    Object.assign(this, { element, redactor, draft });
  }

  get #texts() {
    return TEXTS[this.element.shownLanguage];
  }

  /** Answers what is to stay in the field. */
  async send(written) {
    const { text, kinds } = await this.redactor.redact(written);
    if (!kinds.length) {
      this.#say({ text, label: text });
      this.draft.forget(this.element.conversation.slot);
      return "";
    }
    const { secretHidden, secretKinds } = this.#texts;
    const list = new Intl.ListFormat(this.element.shownLanguage).format(kinds.map((kind) => secretKinds[kind]));
    this.#tell(fill(secretHidden, { kinds: list }));
    return text;
  }

  choose({ title, token, rates, stars }) {
    this.#say({ choice: token, rates, stars, label: title });
  }

  write(text) {
    this.element.conversation.writing.follow(text);
  }

  bringUp(topic, transaction) {
    const { conversation, shownLanguage } = this.element;
    const isSame = (entry) => entry.topic === topic && entry.transaction === transaction && entry.state !== "refused";
    if (conversation.outbox.entries.some(isSame)) {
      this.retry();
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
    const { conversation, panel } = this.element;
    try {
      download(await conversation.history(), panel.setting);
    } catch {
      this.#tell(this.#texts.transcriptFailed);
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

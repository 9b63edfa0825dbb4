import { Messages } from "./messages.js";
import { Outbox } from "./outbox.js";
import { Session, TokenNeeded } from "./session.js";
import { Stream } from "./stream.js";
import { Trouble } from "./trouble.js";
import { Typing } from "./typing.js";
import { Writing } from "./writing.js";

const EMPTY = {
  isLive: false, // Messages come in as they are said.
  isLoaded: false, // The history has been read: what comes now is new.
  isReplaced: false, // The server put it in the place of another.
  standing: {}, // Where the user stands between the assistant and a person.
};
const SERVED = ["claimed", "active", "on_hold"];

/** One speaker's conversation: what is known, what is queued, and the connection. */
export class Conversation {
  #ended = new AbortController();

  messages = new Messages();
  typing = new Typing(() => this.changed());
  trouble = new Trouble(() => this.changed());
  writing = new Writing(this);

  constructor(parts) {
    Object.assign(this, EMPTY, parts);
    const { store, slot } = parts;
    const { signal } = this.#ended;
    this.seenKey = `seen:${slot}`;
    this.session = new Session(this, `session:${slot}`);
    this.id = this.session.kept?.conversation_id ?? null;
    this.outbox = new Outbox(this, `outbox:${slot}`);
    this.stream = new Stream(this);
    store.listen((key) => this.#storedElsewhere(key), signal);
    document.addEventListener("visibilitychange", () => this.changed(), { signal });
  }

  get hasBegun() {
    return this.messages.lastSeq > 0 || this.outbox.entries.length > 0;
  }

  /** Whether a person answers. */
  get isServed() {
    return SERVED.includes(this.standing.handoff);
  }

  get unread() {
    const seen = this.store.get(this.seenKey);
    return this.messages.countAfter(seen?.conversation === this.id ? seen.seq : 0);
  }

  markSeen() {
    if (this.unread) this.store.set(this.seenKey, { conversation: this.id, seq: this.messages.lastSeq });
  }

  start() {
    if (this.#ended.signal.aborted) return;
    this.stream.start();
    this.outbox.drain();
  }

  stop() {
    this.#ended.abort();
    for (const part of [this.stream, this.outbox, this.session, this.typing, this.trouble]) part.stop();
  }

  /** Say a text, a choice or a topic, shown as `label` until the server has it. */
  say(said) {
    this.writing.stop();
    this.outbox.add({ ...said, after: this.messages.lastSeq });
    this.start();
  }

  wake() {
    this.stream.wake();
    this.outbox.wake();
  }

  async startOver() {
    this.writing.stop();
    await this.session.replace(this.#ended.signal);
    this.outbox.clear();
    this.#restart();
  }

  async history() {
    const { signal } = this.#ended;
    return this.session.use(async (token) => {
      const messages = [];
      for await (const page of this.channel.pages(token, 0, signal)) messages.push(...page);
      return messages;
    }, signal);
  }

  async connect(signal) {
    return this.session.use(async (token) => {
      for await (const page of this.channel.pages(token, this.messages.cursor, signal)) this.#take(page);
      return this.channel.events(token, this.messages.cursor, signal);
    }, signal);
  }

  async send(entry, signal) {
    const { id, text, choice, topic, topicLanguage, transaction, label, at } = entry;
    const { seq } = await this.session.use((token) => {
      const button = choice ?? this.session.choice(topic, topicLanguage);
      // An older session has no button for what is new.
      const said = text === undefined && button ? { choice: button, transaction } : { text: text ?? label };
      return this.channel.say(token, { id, ...said }, signal);
    }, signal);
    this.typing.turnStored();
    // Gone from the queue: known from the stream, or of a conversation that was left.
    if (!this.outbox.entries.some((each) => each.id === id)) return;
    this.messages.addOwn({ ...entry, seq, author: "user", text: label, sent_at: at, buttons: [] });
  }

  /** A session may be another conversation's than the one before. */
  belongTo({ conversation_id: id }) {
    if (id === this.id) return;
    const isReplaced = this.id !== null;
    this.id = id;
    if (!isReplaced) return;
    this.#empty();
    this.isReplaced = true;
    this.stream.drop();
  }

  opened() {
    this.isLive = this.isLoaded = true;
    this.trouble.set(null);
    this.wake();
  }

  lost(error) {
    this.isLive = false;
    this.typing.stop();
    if (error instanceof TokenNeeded) this.trouble.set("token");
    else this.trouble.expect();
    this.changed();
  }

  slept() {
    this.isLive = false;
    this.trouble.stop();
  }

  heard(type, value) {
    if (type === "message") this.#take([value]);
    else if (type === "typing") this.typing.tell(value.author, value.on);
    else if (type === "state") this.#stand(value);
    this.changed();
  }

  changed() {
    if (this.#ended.signal.aborted) return;
    this.typing.followTurn(this.outbox.isSending && this.isLive && !this.isServed);
    this.onChange();
  }

  #take(messages) {
    for (const message of messages) {
      this.messages.add(message);
      if (message.author === "user") {
        this.outbox.remove(message.id);
        if (this.standing.handoff === "returned") this.standing = {};
      } else this.typing.tell(message.author, false);
    }
  }

  // That the assistant is back is news for who has seen the person, until he goes on.
  #stand(standing) {
    this.standing = standing.handoff !== "returned" || this.standing.handoff ? standing : {};
    if (!this.isServed) this.typing.tell("person", false);
  }

  #storedElsewhere(key) {
    if (key === this.session.key || key === null) {
      const { kept } = this.session;
      if (this.id && !kept) this.onForgotten();
      else if (this.id && kept.conversation_id !== this.id) this.#restart();
    }
    this.changed();
  }

  #restart() {
    const { isStarted } = this.stream;
    this.stream.stop();
    this.#empty();
    this.id = this.session.kept.conversation_id;
    if (isStarted) this.start();
    this.changed();
  }

  #empty() {
    this.messages.clear();
    this.typing.stop();
    Object.assign(this, EMPTY);
  }
}

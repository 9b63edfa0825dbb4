import { Messages } from "./messages.js";
import { Outbox } from "./outbox.js";
import { Session, TokenNeeded } from "./session.js";
import { Stream } from "./stream.js";
import { Trouble } from "./trouble.js";
import { Typing } from "./typing.js";

/** One speaker's conversation on this device: what is known, what is queued, and the connection that keeps both up to date. */
export class Conversation {
  #ended = new AbortController();

  messages = new Messages();
  typing = new Typing(() => this.#changed());
  trouble = new Trouble(() => this.#changed());
  /** Whether the history has been read, so that what comes now is new. */
  isLoaded = false;
  /** Whether messages come in as they are said. */
  isLive = false;
  /** Whether the server put a new conversation in the place of the one this device knew. */
  isReplaced = false;
  /** Who has it: null while the bot alone has. */
  handoff = null;

  /**
   * @param {{channel: object, store: object, slot: string, userToken: () => string | null, language: () => string,
   *   onChange: () => void, onOutdated: () => void, onTokenNeeded: () => void, onForgotten: () => void}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
    const { channel, store, slot, userToken, language, onTokenNeeded } = parts;
    const onUse = (session) => this.#belongTo(session);
    this.seenKey = `seen:${slot}`;
    this.session = new Session({ channel, store, key: `session:${slot}`, userToken, language, onUse, onTokenNeeded });
    this.id = this.session.kept?.conversation_id ?? null;
    this.outbox = new Outbox({
      store,
      key: `outbox:${slot}`,
      send: (entry, signal) => this.#send(entry, signal),
      isConnected: () => this.isLive,
      onSent: (entry, seq) => this.#sent(entry, seq),
      onOutdated: () => this.onOutdated(),
      onChange: () => this.#changed(),
    });
    this.stream = new Stream({
      connect: (signal) => this.#connect(signal),
      onStart: () => this.trouble.expect(),
      onOpen: () => this.#opened(),
      onEvent: (event) => this.#heard(event),
      onLost: (error) => this.#lost(error),
      onSleep: () => this.#slept(),
    });
    store.listen((key) => this.#storedElsewhere(key), this.#ended.signal);
    document.addEventListener("visibilitychange", () => this.#changed(), { signal: this.#ended.signal });
  }

  get hasSession() {
    return this.session.kept !== null;
  }

  /** Whether anything has been said, or is about to be. */
  get hasBegun() {
    return !this.messages.isEmpty || this.outbox.entries.length > 0;
  }

  get unread() {
    const seen = this.store.get(this.seenKey);
    return this.messages.countAfter(seen?.conversation === this.id ? seen.seq : 0);
  }

  markSeen() {
    if (this.unread > 0) this.store.set(this.seenKey, { conversation: this.id, seq: this.messages.lastSeq });
  }

  /** Connect, and send what is queued. */
  start() {
    if (this.#ended.signal.aborted) return;
    this.stream.start();
    this.outbox.drain();
  }

  /** End everything for good; what is kept on the device stays. */
  stop() {
    this.#ended.abort();
    for (const part of [this.stream, this.outbox, this.session, this.typing]) part.stop();
    this.trouble.clear();
  }

  /** Say `{text}`, `{choice}` or `{topic, topicLanguage, transaction}`, shown as `label` until the server has it. */
  say(said) {
    this.outbox.add({ ...said, after: this.messages.lastSeq });
    this.start();
  }

  /** The host has given another user token. */
  tokenArrived() {
    this.stream.wake();
    this.outbox.wake();
  }

  /** Leave this conversation and begin an empty one. Throws when the server cannot be reached. */
  async startOver() {
    await this.session.replace(this.#ended.signal);
    this.outbox.clear();
    this.#restart();
  }

  /** Every message from the first one on, as the server has them. */
  async history() {
    const { signal } = this.#ended;
    return this.session.use(async ({ session_token: token }) => {
      const messages = [];
      for await (const page of this.channel.pages(token, 0, signal)) messages.push(...page);
      return messages;
    }, signal);
  }

  async #connect(signal) {
    return this.session.use(async ({ session_token: token }) => {
      for await (const page of this.channel.pages(token, this.messages.cursor, signal)) this.#take(page);
      return this.channel.events(token, this.messages.cursor, signal);
    }, signal);
  }

  async #send({ id, text, choice, topic, topicLanguage, transaction }, signal) {
    return this.session.use(async ({ session_token: token }) => {
      const said = text === undefined ? { choice: choice ?? this.session.choice(topic, topicLanguage), transaction } : { text };
      const { seq } = await this.channel.say(token, { id, ...said }, signal);
      return seq;
    }, signal);
  }

  #belongTo({ conversation_id: id }) {
    if (id === this.id) return;
    const isReplaced = this.id !== null;
    this.id = id;
    if (!isReplaced) return;
    this.#empty();
    this.isReplaced = true;
    this.stream.drop();
  }

  #sent({ id, label, at }, seq) {
    this.typing.turnStored();
    // Gone from the queue, it is known from the stream, or belongs to a conversation that was left.
    if (!this.outbox.has(id)) return;
    this.messages.addOwn({ seq, id, author: "user", text: label, sent_at: at, buttons: [], asks: null });
  }

  #opened() {
    Object.assign(this, { isLive: true, isLoaded: true });
    this.trouble.set(null);
    this.outbox.wake();
  }

  #lost(error) {
    this.isLive = false;
    this.typing.stop();
    if (error instanceof TokenNeeded) this.trouble.set("token");
    else this.trouble.expect();
    this.#changed();
  }

  #slept() {
    this.isLive = false;
    this.trouble.clear();
  }

  #heard({ type, data }) {
    const value = JSON.parse(data);
    if (type === "message") this.#take([value]);
    else if (type === "typing") this.typing.tell(value.author, value.on);
    else if (type === "state") this.handoff = value.handoff;
    this.#changed();
  }

  #take(messages) {
    for (const message of messages) {
      this.messages.add(message);
      if (message.author === "user") this.outbox.remove(message.id);
      else this.typing.tell(message.author, false);
    }
  }

  #storedElsewhere(key) {
    if (key === this.session.key || key === null) {
      const kept = this.session.kept;
      if (this.id && !kept) this.onForgotten();
      else if (this.id && kept.conversation_id !== this.id) this.#restart();
    }
    this.#changed();
  }

  #restart() {
    const wasStarted = this.stream.isStarted;
    this.stream.stop();
    this.#empty();
    this.id = this.session.kept.conversation_id;
    if (wasStarted) this.start();
    this.#changed();
  }

  #empty() {
    this.messages.clear();
    this.typing.stop();
    Object.assign(this, { isLive: false, isLoaded: false, isReplaced: false, handoff: null });
  }

  #changed() {
    if (this.#ended.signal.aborted) return;
    this.typing.followTurn(this.outbox.isSending && this.isLive && this.handoff !== "person");
    this.onChange();
  }
}

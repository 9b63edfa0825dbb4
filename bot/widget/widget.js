import { Actions } from "./actions.js";
import { Channel } from "./channel.js";
import { Conversation } from "./conversation.js";
import { Draft } from "./draft.js";
import { Frame, Launcher } from "./frame.js";
import { LanguageChoice, TEXTS } from "./language.js";
import { Panel } from "./panel.js";
import { Redactor } from "./redactor.js";
import { speakerOf } from "./session.js";
import { Store } from "./store.js";

/** `<wallet-hotline>`: see README.md for its attributes, methods and events. */
export class WalletHotline extends HTMLElement {
  static observedAttributes = ["user-token", "server", "language", "heading", "greeting", "open"];

  #store = new Store("localStorage");
  #language = new LanguageChoice(this.#store);
  #redactor = new Redactor();
  #draft = new Draft(new Store("sessionStorage"), this.#redactor);
  #actions = new Actions(this, this.#redactor, this.#draft);
  #disconnected = null;
  #isRendering = false;
  #isTokenAwaited = false;
  #unread = 0;

  constructor() {
    super();
    this.conversation = null;
    this.panel = null;
    this.launcher = new Launcher(() => this.toggleAttribute("open"));
    this.frame = new Frame(this.launcher.element);
    this.attachShadow({ mode: "open" }).append(...this.frame.styles, this.frame.element);
  }

  connectedCallback() {
    this.#disconnected = new AbortController();
    const { signal } = this.#disconnected;
    window.addEventListener("pagehide", () => this.#keepDraft(), { signal });
    this.frame.watch(() => this.#render(), signal);
    this.#buildPanel();
    this.#beginConversation();
    if (this.#isOpen) this.#opened();
  }

  disconnectedCallback() {
    this.#keepDraft();
    this.#endConversation();
    this.#disconnected.abort();
    this.panel.log.end();
    this.frame.isOpen = false;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || !this.panel || before === now) return;
    if (name === "open") this.#openChanged(before, now);
    else if (name === "user-token" || name === "server") this.#speakerChanged();
    else if (name === "language") this.#languageChanged();
    else this.#buildPanel();
  }

  open() {
    this.setAttribute("open", "");
  }

  close() {
    this.removeAttribute("open");
  }

  openWith({ topic, transaction } = {}) {
    this.open();
    if (this.isConnected && topic in TEXTS.en.topics) this.#actions.bringUp(topic, transaction);
  }

  reset() {
    this.#store.removeAll(`:${this.#server}|`);
    this.#draft.forgetAll();
    this.#leave();
  }

  get shownLanguage() {
    return this.panel.setting.language;
  }

  switchLanguage() {
    this.#language.choose(this.shownLanguage === "zh" ? "en" : "zh", this.getAttribute("language"));
    this.#languageChanged();
    this.panel.language.focus();
  }

  get #isOpen() {
    return this.hasAttribute("open");
  }

  get #server() {
    return new URL(this.getAttribute("server") || new URL("..", import.meta.url), document.baseURI).href.replace(/\/$/, "");
  }

  get #slot() {
    return `${this.#server}|${speakerOf(this.getAttribute("user-token"))}`;
  }

  #beginConversation() {
    this.conversation = new Conversation({
      channel: new Channel(this.#server),
      store: this.#store,
      slot: this.#slot,
      userToken: () => this.getAttribute("user-token"),
      language: () => this.shownLanguage,
      onChange: () => this.#render(),
      onOutdated: () => this.panel.tell(TEXTS[this.shownLanguage].outdated),
      onTokenNeeded: () => this.#askForToken(),
      onForgotten: () => this.#leave(),
    });
    this.panel.log.silence();
    this.panel.composer.text = this.#draft.keptFor(this.#slot);
    if (this.#isOpen || this.conversation.session.kept) this.conversation.start();
    this.#render();
  }

  #endConversation() {
    this.conversation?.stop();
    this.conversation = null;
    this.#isTokenAwaited = false;
  }

  #leave() {
    this.close();
    if (!this.isConnected) return;
    this.#endConversation();
    this.#beginConversation();
  }

  #speakerChanged() {
    if (this.conversation.slot === this.#slot) {
      this.conversation.wake();
      return;
    }
    this.#keepDraft();
    this.#endConversation();
    this.#beginConversation();
  }

  #askForToken() {
    this.#isTokenAwaited = !this.#tell("token-needed", {}, true);
    this.#render();
  }

  #openChanged(before, now) {
    if (before === null) this.#opened();
    else if (now === null) this.#closed();
  }

  #opened() {
    this.#redactor.load();
    this.conversation.start();
    this.#show();
    this.panel.log.scrollToEnd();
    this.panel.composer.focus();
    this.#tell("hotline-open");
  }

  #closed() {
    this.conversation.writing.stop();
    const hadFocus = this.panel.element.contains(this.shadowRoot.activeElement);
    this.#show();
    if (hadFocus) this.launcher.focus();
    this.#tell("hotline-close");
  }

  #buildPanel() {
    const before = this.panel;
    const language = this.#language.now(this.getAttribute("language"));
    const texts = TEXTS[language];
    const heading = this.getAttribute("heading") ?? texts.heading;
    const greeting = this.getAttribute("greeting") ?? texts.greeting;
    this.panel = new Panel({ texts, language, heading, greeting, actions: this.#actions });
    this.panel.composer.text = before?.composer.text ?? "";
    before?.log.end();
    before?.element.remove();
    this.frame.element.lang = language === "zh" ? "zh-CN" : "en";
    this.frame.element.prepend(this.panel.element);
    if (this.conversation) this.#show();
  }

  #languageChanged() {
    const before = this.shownLanguage;
    this.#buildPanel();
    const language = this.shownLanguage;
    if (language === before) return;
    if (this.conversation.hasBegun) this.#actions.bringUp("switch_language");
    else if (this.conversation.session.kept) this.conversation.startOver().catch(() => {});
    this.#tell("hotline-language", { language });
  }

  #keepDraft() {
    this.conversation.writing.stop();
    this.#draft.keep(this.conversation.slot, this.panel.composer.text);
  }

  // Many changes of one moment are shown once.
  #render() {
    if (this.#isRendering) return;
    this.#isRendering = true;
    queueMicrotask(() => {
      this.#isRendering = false;
      if (this.conversation) this.#show();
    });
  }

  #show() {
    const { conversation } = this;
    const isOpen = this.#isOpen;
    this.frame.isOpen = isOpen;
    if (isOpen && !document.hidden) conversation.markSeen();
    const { unread } = conversation;
    this.launcher.show({ texts: this.panel.setting.texts, unread, isOpen });
    this.panel.show(conversation, { isOpen, isModal: this.frame.isPhone, isTokenAwaited: this.#isTokenAwaited });
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#tell("hotline-unread", { count: unread });
  }

  #tell(name, detail = {}, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }
}

if (!customElements.get("wallet-hotline")) customElements.define("wallet-hotline", WalletHotline);

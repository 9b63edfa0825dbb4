import { Actions } from "./actions.js";
import { Channel } from "./channel.js";
import { Conversation } from "./conversation.js";
import { Draft } from "./draft.js";
import { Frame } from "./frame.js";
import { LanguageChoice, TEXTS } from "./language.js";
import { Launcher } from "./launcher.js";
import { Panel } from "./panel.js";
import { Redactor } from "./redactor.js";
import { speakerOf } from "./session.js";
import { Store } from "./store.js";

const HOME = new URL("..", import.meta.url).href;

/** `<wallet-hotline>`: the launcher and the chat behind it. See README.md for attributes, methods and events. */
export class WalletHotline extends HTMLElement {
  static observedAttributes = ["user-token", "server", "language", "theme", "heading", "greeting", "open"];

  #store = new Store("localStorage");
  #language = new LanguageChoice(this.#store);
  #redactor = new Redactor();
  #draft = new Draft(new Store("sessionStorage"), this.#redactor);
  #actions = new Actions(this, { redactor: this.#redactor, draft: this.#draft });
  #disconnected = null;
  #isRendering = false;
  #isTokenAwaited = false;
  #unread = 0;

  constructor() {
    super();
    this.conversation = null;
    this.panel = null;
    this.frame = new Frame({ theme: () => this.getAttribute("theme"), onChange: () => this.#render() });
    this.launcher = new Launcher(() => this.toggleAttribute("open"));
    this.frame.element.append(this.launcher.element);
    this.attachShadow({ mode: "open" }).append(this.frame.sheet, this.frame.element);
  }

  connectedCallback() {
    this.#disconnected = new AbortController();
    const { signal } = this.#disconnected;
    window.addEventListener("pagehide", () => this.#keepDraft(), { signal });
    this.frame.watch(signal);
    this.#buildPanel();
    this.#beginConversation();
    if (this.hasAttribute("open")) this.#opened();
  }

  disconnectedCallback() {
    this.#keepDraft();
    this.#disconnected.abort();
    this.#endConversation();
    this.panel.log.end();
    this.frame.isOpen = false;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || !this.panel) return;
    if (name === "open") this.#openChanged(before !== null, now !== null);
    else if (name === "theme") this.frame.showTheme();
    else if (name === "user-token" || name === "server") this.#speakerChanged();
    else if (name === "language") this.#languageChanged();
    else if (before !== now) this.#buildPanel();
  }

  /** Open the panel. */
  open() {
    this.setAttribute("open", "");
  }

  /** Close the panel. */
  close() {
    this.removeAttribute("open");
  }

  /** Open the panel with a topic, about a transaction if one is named. */
  openWith({ topic, transaction } = {}) {
    this.open();
    if (this.isConnected && topic in TEXTS.en.topics) this.#actions.bringUp(topic, transaction);
  }

  /** Forget everything on this device; for the host's sign-out. */
  reset() {
    this.#store.removeAll(`:${this.#server}|`);
    this.#draft.forgetAll();
    this.#leave();
  }

  /** The language that the panel is in: "zh" or "en". */
  get shownLanguage() {
    return this.panel.setting.language;
  }

  /** The user wants the other language. */
  switchLanguage() {
    this.#language.choose(this.shownLanguage === "zh" ? "en" : "zh", this.getAttribute("language"));
    this.#languageChanged();
    this.panel.language.focus();
  }

  get #server() {
    return new URL(this.getAttribute("server") || HOME, document.baseURI).href.replace(/\/$/, "");
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
    if (this.hasAttribute("open") || this.conversation.hasSession) this.conversation.start();
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
      this.conversation.tokenArrived();
      return;
    }
    this.#keepDraft();
    this.#endConversation();
    this.#beginConversation();
  }

  #askForToken() {
    this.#isTokenAwaited = !this.#tell("token-needed", {}, { cancelable: true });
    this.#render();
  }

  #openChanged(wasOpen, isOpen) {
    if (wasOpen === isOpen) return;
    if (isOpen) this.#opened();
    else this.#closed();
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
    const hadFocus = this.panel.element.contains(this.shadowRoot.activeElement);
    this.#show();
    if (hadFocus) this.launcher.focus();
    this.#tell("hotline-close");
  }

  #buildPanel() {
    const before = this.panel;
    const language = this.#language.now(this.getAttribute("language"));
    const [heading, greeting] = [this.getAttribute("heading"), this.getAttribute("greeting")];
    this.panel = new Panel({ texts: TEXTS[language], language, heading, greeting, actions: this.#actions });
    this.panel.composer.text = before?.composer.text ?? "";
    before?.log.end();
    before?.element.remove();
    this.frame.language = language;
    this.frame.element.prepend(this.panel.element);
    if (this.conversation) this.#show();
  }

  #languageChanged() {
    const before = this.shownLanguage;
    this.#buildPanel();
    const language = this.shownLanguage;
    if (language === before) return;
    if (this.conversation.hasBegun) this.#actions.bringUp("switch_language");
    else if (this.conversation.hasSession) this.conversation.startOver().catch(() => {});
    this.#tell("hotline-language", { language });
  }

  #keepDraft() {
    if (this.conversation) this.#draft.keep(this.conversation.slot, this.panel.composer.text);
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
    const isOpen = this.hasAttribute("open");
    this.frame.isOpen = isOpen;
    this.panel.isOpen = isOpen;
    this.panel.isModal = this.frame.isPhone;
    if (isOpen && !document.hidden) conversation.markSeen();
    const { unread } = conversation;
    this.launcher.show({ texts: TEXTS[this.shownLanguage], unread, isOpen });
    this.panel.show(conversation, this.#isTokenAwaited);
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.#tell("hotline-unread", { count: unread });
  }

  #tell(name, detail = {}, options = {}) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, ...options }));
  }
}

if (!customElements.get("wallet-hotline")) customElements.define("wallet-hotline", WalletHotline);

import { Composer } from "./composer.js";
import { icon, make, setText } from "./dom.js";
import { LogView } from "./log_view.js";
import { Confirmation, Menu } from "./menu.js";
import { linesOf } from "./messages.js";

const FOCUSABLE = "button, textarea, a[href], [tabindex='0']";

/** The dialog, in one language. */
export class Panel {
  /** @param {{texts: object, language: string, heading: string | null, greeting: string | null, actions: object}} setting */
  constructor(setting) {
    const { texts, actions } = setting;
    this.setting = setting;
    this.log = new LogView(setting);
    this.composer = new Composer(setting);
    this.menu = new Menu({ texts, startOver: () => this.confirmation.open(), transcript: () => actions.transcript() });
    this.confirmation = new Confirmation(setting, (isOpen) => (this.content.inert = isOpen));
    this.status = make("p", { class: "service" });
    this.connection = make("p", { class: "connection", "data-role": "connection", role: "status" });
    this.notice = make("p", { class: "notice", "data-role": "notice", role: "alert" });
    this.language = this.#tool("language", texts.otherLanguageName, () => actions.switchLanguage(), texts.otherLanguage);
    this.content = make(
      "div",
      { class: "content" },
      this.#header(setting),
      this.connection,
      make("div", { class: "middle" }, this.log.element, this.log.pill),
      this.notice,
      this.composer.element,
    );
    const attributes = { class: "panel", "data-role": "panel", part: "panel", hidden: true };
    const dialog = { role: "dialog", "aria-labelledby": "heading" };
    this.element = make("section", { ...attributes, ...dialog }, this.content, this.confirmation.element);
    this.element.addEventListener("pointerdown", ({ target }) => this.menu.element.contains(target) || this.menu.close());
    this.element.addEventListener("keydown", (event) => this.#keyPressed(event));
  }

  get isModal() {
    return this.element.hasAttribute("aria-modal");
  }

  set isModal(isModal) {
    if (isModal) this.element.setAttribute("aria-modal", "true");
    else this.element.removeAttribute("aria-modal");
  }

  set isOpen(isOpen) {
    this.element.hidden = !isOpen;
  }

  /** Show a conversation as it stands. `isTokenAwaited`: the host has promised to sign the user in again. */
  show(conversation, isTokenAwaited) {
    const { messages, outbox, typing, isLoaded, isReplaced, hasBegun, hasSession, handoff } = conversation;
    const { texts } = this.setting;
    const trouble = conversation.trouble.now;
    const isWelcome = !hasBegun && (isLoaded || !hasSession || trouble !== null);
    const lines = linesOf(messages.all, outbox.entries);
    this.log.show({ lines, isLoaded, typing: typing.author, intro: { isWelcome, isReplaced } });
    setText(this.connection, trouble ? texts.troubles[trouble === "token" && isTokenAwaited ? "renewing" : trouble] : "");
    setText(this.status, texts.services[handoff ?? "bot"] ?? texts.services.case);
    this.element.dataset.service = handoff === null ? "bot" : "people";
  }

  /** Say something above the field; an empty text takes it away. */
  tell(text) {
    setText(this.notice, text);
  }

  #header({ texts, heading, actions }) {
    return make(
      "header",
      { class: "header", part: "header" },
      make("span", { class: "mark", "aria-hidden": "true" }, icon("wallet")),
      make("div", { class: "names" }, make("h2", { id: "heading" }, heading ?? texts.heading), this.status),
      this.language,
      this.menu.element,
      this.#tool("close", texts.hide, () => actions.close(), icon("close")),
    );
  }

  #tool(role, name, onclick, content) {
    const attributes = { type: "button", class: "tool", "data-role": role, "aria-label": name, title: name };
    return make("button", { ...attributes, onclick }, content);
  }

  #keyPressed(event) {
    if (event.key === "Tab" && this.isModal) this.#keepFocusInside(event);
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    if (this.confirmation.isOpen) this.confirmation.close();
    else if (this.menu.isOpen) this.menu.close();
    else this.setting.actions.close();
  }

  #keepFocusInside(event) {
    const reachable = [...this.element.querySelectorAll(FOCUSABLE)].filter(
      (element) => !element.disabled && element.tabIndex >= 0 && element.offsetParent && !element.closest("[inert]"),
    );
    const [first, last] = event.shiftKey ? [reachable.at(-1), reachable[0]] : [reachable[0], reachable.at(-1)];
    if (this.element.getRootNode().activeElement !== last) return;
    event.preventDefault();
    first.focus();
  }
}

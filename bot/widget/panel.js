import { Composer } from "./composer.js";
import { button, icon, make, setText } from "./dom.js";
import { HandoffView } from "./handoff_view.js";
import { LogView } from "./log_view.js";
import { Confirmation, Menu } from "./menu.js";
import { linesOf, nameOf } from "./messages.js";

const FOCUSABLE = "button, textarea, a[href], [tabindex='0']";

/** The dialog, in one language. */
export class Panel {
  constructor(setting) {
    const { texts, actions } = setting;
    this.setting = setting;
    this.log = new LogView(setting);
    this.composer = new Composer(setting);
    this.menu = new Menu({ texts, startOver: () => this.confirmation.open(), transcript: () => actions.transcript() });
    this.confirmation = new Confirmation(setting, (isOpen) => (this.content.inert = isOpen));
    this.status = make("p", { class: "service", "data-role": "service" });
    this.handoff = new HandoffView(setting);
    this.connection = make("p", { class: "connection", "data-role": "connection", role: "status" });
    this.notice = make("p", { class: "notice", "data-role": "notice", role: "alert" });
    this.language = tool("language", texts.otherLanguageName, () => actions.switchLanguage(), texts.otherLanguage);
    this.content = make(
      "div",
      { class: "content" },
      this.#header(setting),
      this.handoff.element,
      this.connection,
      make("div", { class: "middle" }, this.log.element, this.log.pill),
      this.notice,
      this.composer.element,
    );
    const onpointerdown = ({ target }) => this.menu.element.contains(target) || this.menu.close();
    const onkeydown = (event) => this.#keyPressed(event);
    const dialog = { class: "panel", "data-role": "panel", part: "panel", role: "dialog", "aria-labelledby": "heading" };
    this.element = make("div", { ...dialog, onpointerdown, onkeydown }, this.content, this.confirmation.element);
  }

  /** `isTokenAwaited`: the host has promised to sign the user in again. */
  show(conversation, { isOpen, isModal, isTokenAwaited }) {
    const { messages, outbox, typing, isLoaded, isReplaced, hasBegun, session, standing, isServed } = conversation;
    const { texts } = this.setting;
    const focused = this.element.getRootNode().activeElement;
    const trouble = conversation.trouble.now;
    const isWelcome = !hasBegun && (isLoaded || !session.kept || trouble);
    const lines = linesOf(messages.all, outbox.entries);
    this.isModal = isModal;
    this.element.hidden = !isOpen;
    this.element.ariaModal = isModal || null;
    const { agent } = standing;
    this.log.show({ lines, isLoaded, typing: typing.author, agent, isWelcome, isReplaced });
    setText(this.connection, trouble ? texts.troubles[trouble === "token" && isTokenAwaited ? "renewing" : trouble] : "");
    const service = isServed ? { author: "person", agent } : { author: "bot" };
    setText(this.status, nameOf(service, texts));
    this.element.dataset.service = service.author;
    this.handoff.show(standing);
    // A button that has been used up must not take the keyboard's place with it.
    if (focused?.closest(":disabled:not(.send), [hidden]")) this.log.element.focus({ preventScroll: true });
  }

  tell(text) {
    setText(this.notice, text);
  }

  #header({ texts, heading, actions }) {
    return make(
      "div",
      { class: "header", part: "header" },
      make("span", { class: "mark", "aria-hidden": true }, icon("wallet")),
      make("div", { class: "names" }, make("h2", { id: "heading" }, heading), this.status),
      this.language,
      this.menu.element,
      tool("close", texts.hide, () => actions.close(), icon("close")),
    );
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
    if (event.shiftKey) reachable.reverse();
    if (this.element.getRootNode().activeElement !== reachable.at(-1)) return;
    event.preventDefault();
    reachable[0].focus();
  }
}

function tool(role, name, onclick, content) {
  return button(role, { class: "tool", "aria-label": name, title: name, onclick }, content);
}

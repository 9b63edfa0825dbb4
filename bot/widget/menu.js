import { icon, make } from "./dom.js";

/** The button with three dots and the two things behind it. */
export class Menu {
  constructor({ texts, startOver, transcript }) {
    const toggle = () => (this.isOpen ? this.close() : this.open());
    const labels = { "aria-label": texts.menu, title: texts.menu, "aria-expanded": "false", "aria-controls": "menu" };
    const attributes = { type: "button", class: "tool", "data-role": "menu", ...labels };
    this.button = make("button", { ...attributes, onclick: toggle }, icon("menu"));
    this.list = make(
      "div",
      { class: "menu", id: "menu", hidden: true },
      this.#item("start-over", "restart", texts.startOver, startOver),
      this.#item("transcript", "download", texts.transcript, transcript),
    );
    this.element = make("div", { class: "menu-place", onfocusout: (event) => this.#left(event) }, this.button, this.list);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open() {
    this.#set(true);
    this.list.firstChild.focus();
  }

  close() {
    if (this.list.contains(this.list.getRootNode().activeElement)) this.button.focus();
    this.#set(false);
  }

  #item(role, drawing, text, action) {
    const click = () => {
      this.close();
      action();
    };
    return make("button", { type: "button", "data-role": role, onclick: click }, icon(drawing), text);
  }

  #left({ relatedTarget }) {
    if (relatedTarget && !this.element.contains(relatedTarget)) this.#set(false);
  }

  #set(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }
}

/** The question before a conversation is left. */
export class Confirmation {
  /** @param {{texts: object, actions: object}} setting; `onToggle(isOpen)` is told when it comes and goes */
  constructor({ texts, actions }, onToggle) {
    this.onToggle = onToggle;
    const yes = () => {
      this.close();
      actions.startOver();
    };
    const dialog = { role: "alertdialog", "aria-labelledby": "question", "aria-describedby": "consequence" };
    const no = { type: "button", class: "plain", "data-role": "cancel", onclick: () => this.close() };
    this.no = make("button", no, texts.confirmNo);
    this.element = make(
      "div",
      { class: "veil", hidden: true },
      make(
        "div",
        { class: "confirmation", "data-role": "confirmation", ...dialog },
        make("p", { class: "question", id: "question" }, texts.confirmTitle),
        make("p", { id: "consequence" }, texts.confirmText),
        make(
          "div",
          { class: "answers" },
          this.no,
          make("button", { type: "button", class: "strong", "data-role": "confirm", onclick: yes }, texts.confirmYes),
        ),
      ),
    );
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    this.before = this.element.getRootNode().activeElement;
    this.element.hidden = false;
    this.onToggle(true);
    this.no.focus();
  }

  close() {
    this.element.hidden = true;
    this.onToggle(false);
    this.before?.focus();
  }
}

import { button, icon, make } from "./dom.js";

/** The button with three dots and the two things behind it. */
export class Menu {
  constructor({ texts, startOver, transcript }) {
    const onclick = () => (this.isOpen ? this.close() : this.open());
    const attributes = { class: "tool", "aria-label": texts.menu, title: texts.menu, "aria-controls": "menu", onclick };
    this.button = button("menu", attributes, icon("menu"));
    this.list = make(
      "div",
      { class: "menu", id: "menu" },
      this.#item("start-over", "restart", texts.startOver, startOver),
      this.#item("transcript", "download", texts.transcript, transcript),
    );
    const onfocusout = ({ relatedTarget }) => this.element.contains(relatedTarget ?? this.button) || this.#set(false);
    this.element = make("div", { class: "menu-place", onfocusout }, this.button, this.list);
    this.#set(false);
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
    const onclick = () => {
      this.close();
      action();
    };
    return button(role, { onclick }, icon(drawing), text);
  }

  #set(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", isOpen);
  }
}

/** The question before a conversation is left. */
export class Confirmation {
  constructor({ texts, actions }, onToggle) {
    this.onToggle = onToggle;
    const yes = () => {
      this.close();
      actions.startOver();
    };
    const dialog = { role: "alertdialog", "aria-labelledby": "question", "aria-describedby": "consequence" };
    this.no = button("cancel", { class: "plain", onclick: () => this.close() }, texts.confirmNo);
    this.element = make(
      "div",
      { class: "veil", hidden: "" },
      make(
        "div",
        { class: "confirmation", "data-role": "confirmation", ...dialog },
        make("p", { class: "question", id: "question" }, texts.confirmTitle),
        make("p", { id: "consequence" }, texts.confirmText),
        make("div", { class: "answers" }, this.no, button("confirm", { class: "strong", onclick: yes }, texts.startOver)),
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

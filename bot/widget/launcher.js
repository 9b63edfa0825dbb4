import { fill, icon, make, setText } from "./dom.js";

const MOST_SHOWN = 99;

/** The round button that opens the panel, with the number of unread messages. */
export class Launcher {
  constructor(onClick) {
    this.badge = make("span", { class: "badge", "data-role": "badge", "aria-hidden": "true", part: "badge", hidden: true });
    const attributes = { type: "button", class: "launcher", "data-role": "launcher", part: "launcher", "aria-haspopup": "dialog" };
    this.element = make("button", { ...attributes, onclick: onClick }, icon("wallet"), icon("down"), this.badge);
  }

  show({ texts, unread, isOpen }) {
    const count = { count: unread };
    const news = unread === 1 ? texts.unreadOne : fill(texts.unreadMany, count);
    const label = unread ? `${texts.launch}, ${news}` : texts.launch;
    this.element.setAttribute("aria-label", label);
    this.element.setAttribute("aria-expanded", String(isOpen));
    this.badge.hidden = unread === 0;
    setText(this.badge, unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread));
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }
}

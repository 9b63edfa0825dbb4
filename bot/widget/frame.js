import { button, fill, icon, make, setText } from "./dom.js";

const MOST_SHOWN = 99;
const STYLES = ["base", "panel", "menu", "log", "choices", "composer", "screens"];

/** The round button that opens the panel, with the number of unread messages. */
export class Launcher {
  constructor(onclick) {
    this.badge = make("span", { class: "badge", "data-role": "badge", "aria-hidden": true, part: "badge" });
    const attributes = { class: "launcher", part: "launcher", "aria-haspopup": "dialog", onclick };
    this.element = button("launcher", attributes, icon("wallet"), icon("down"), this.badge);
  }

  show({ texts, unread, isOpen }) {
    const news = fill(unread === 1 ? texts.unreadOne : texts.unreadMany, { count: unread });
    this.element.setAttribute("aria-label", unread ? `${texts.launch}, ${news}` : texts.launch);
    this.element.setAttribute("aria-expanded", isOpen);
    this.badge.hidden = !unread;
    setText(this.badge, unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread));
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }
}

/** What launcher and panel stand in. */
export class Frame {
  #phone = matchMedia("(max-width: 480px)");
  #overflowBefore = null;

  constructor(...children) {
    let missing = STYLES.length;
    const onload = () => (this.element.hidden = --missing > 0);
    this.styles = STYLES.map((name) => {
      const href = new URL(`styles/${name}.css`, import.meta.url);
      return make("link", { rel: "stylesheet", href, onload, onerror: onload });
    });
    this.element = make("div", { class: "frame", part: "frame", hidden: "" }, ...children);
  }

  get isPhone() {
    return this.#phone.matches;
  }

  watch(onChange, signal) {
    for (const name of ["resize", "scroll"]) visualViewport.addEventListener(name, () => this.#fit(), { signal });
    this.#phone.addEventListener("change", onChange, { signal });
  }

  /** Behind the open panel on a phone the page stands still. */
  set isOpen(isOpen) {
    this.element.toggleAttribute("data-open", isOpen);
    const isLocked = isOpen && this.isPhone;
    const before = this.#overflowBefore;
    if (isLocked === (before !== null)) return;
    const { style } = document.documentElement;
    this.#overflowBefore = isLocked ? style.overflow : null;
    style.overflow = isLocked ? "hidden" : before;
    this.#fit();
  }

  // The keyboard on the screen takes its part of it.
  #fit() {
    if (this.#overflowBefore === null) return;
    this.element.style.setProperty("--screen-height", `${visualViewport.height}px`);
    this.element.style.setProperty("--screen-top", `${visualViewport.offsetTop}px`);
  }
}

import { make } from "./dom.js";

const PHONE = "(max-width: 480px)";
const DARK = "(prefers-color-scheme: dark)";

/** What launcher and panel stand in: the style sheet, the theme, and how much of the screen there is. */
export class Frame {
  #phone = matchMedia(PHONE);
  #dark = matchMedia(DARK);
  #overflowBefore = null;

  /** `onChange` is called when the screen becomes a phone's, or no longer is. */
  constructor(parts) {
    Object.assign(this, parts);
    this.sheet = make("link", { rel: "stylesheet", href: new URL("widget.css", import.meta.url).href });
    this.element = make("div", { class: "frame", part: "frame", hidden: true });
    const show = () => (this.element.hidden = false);
    this.sheet.addEventListener("load", show);
    this.sheet.addEventListener("error", show);
  }

  get isPhone() {
    return this.#phone.matches;
  }

  set language(language) {
    this.element.lang = language === "zh" ? "zh-CN" : "en";
  }

  /** Follow the screen until `signal`. */
  watch(signal) {
    const fit = () => this.#fit();
    window.visualViewport?.addEventListener("resize", fit, { signal });
    window.visualViewport?.addEventListener("scroll", fit, { signal });
    this.#phone.addEventListener("change", () => this.onChange(), { signal });
    this.#dark.addEventListener("change", () => this.showTheme(), { signal });
    this.showTheme();
  }

  showTheme() {
    const theme = this.theme();
    const isDark = theme === "dark" || (theme !== "light" && this.#dark.matches);
    this.element.dataset.theme = isDark ? "dark" : "light";
  }

  /** Show whether the panel is open. On a phone it is the whole screen, and the page behind stands still. */
  set isOpen(isOpen) {
    this.element.toggleAttribute("data-open", isOpen);
    const isLocked = isOpen && this.isPhone;
    if (isLocked === (this.#overflowBefore !== null)) return;
    const { style } = document.documentElement;
    const before = this.#overflowBefore;
    this.#overflowBefore = isLocked ? style.overflow : null;
    style.overflow = isLocked ? "hidden" : before;
    this.#fit();
  }

  // The keyboard on the screen takes its part of it.
  #fit() {
    const { height, offsetTop } = window.visualViewport ?? {};
    if (this.#overflowBefore === null || !height) return;
    this.element.style.setProperty("--screen-height", `${height}px`);
    this.element.style.setProperty("--screen-top", `${offsetTop}px`);
  }
}

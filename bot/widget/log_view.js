import { icon, make, setText } from "./dom.js";
import { IntroView } from "./intro_view.js";
import { DayView, LineView } from "./line_view.js";
import { dayName, dayStamp } from "./times.js";

const NEAR_PX = 48;

/** The scrolling list of what was said. What is old is built silently, what is new is announced. */
export class LogView {
  #views = new Map();
  #isAtEnd = true;
  #height = 0;

  /** @param {{texts: object, language: string, actions: object, greeting: string | null}} setting */
  constructor(setting) {
    this.setting = setting;
    const { texts } = setting;
    this.intro = new IntroView(setting);
    this.list = make("ol", { class: "lines" });
    this.typing = make("div", { class: "typing", "data-role": "typing", hidden: true });
    this.element = make(
      "div",
      { class: "log", "data-role": "log", role: "log", "aria-live": "off", "aria-label": texts.log, tabindex: "0", part: "log" },
      this.intro.element,
      this.list,
      this.typing,
    );
    const jump = { type: "button", class: "pill", hidden: true, onclick: () => this.scrollToEnd() };
    this.pill = make("button", jump, icon("down"), texts.newMessages);
    this.element.addEventListener("scroll", () => this.#scrolled());
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(this.element);
  }

  /** Show these lines. */
  show({ lines, isLoaded, typing, intro }) {
    const focused = this.element.getRootNode().activeElement;
    this.intro.show(intro);
    const isNew = this.#place(lines);
    this.#showTyping(typing);
    this.#keepFocus(focused);
    if (isNew.own || this.#isAtEnd) this.scrollToEnd();
    else if (isNew.other) this.pill.hidden = false;
    if (isLoaded && !this.isAnnouncing) this.#announceFromNowOn();
  }

  /** Build what is shown next without announcing it. */
  silence() {
    this.isAnnouncing = false;
    this.element.setAttribute("aria-live", "off");
  }

  scrollToEnd() {
    const isEmpty = this.#views.size === 0;
    this.element.scrollTop = isEmpty ? 0 : this.element.scrollHeight;
    this.#isAtEnd = true;
    this.pill.hidden = true;
  }

  end() {
    this.sizes.disconnect();
  }

  #place(lines) {
    const isNew = { own: false, other: false };
    const wanted = lines.flatMap((line) => [...(line.startsDay ? [this.#day(line)] : []), this.#line(line, isNew)]);
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, view] of this.#views) if (!keys.has(key)) this.#remove(key, view);
    wanted.forEach(({ view }, index) => {
      const there = this.list.children[index];
      if (there !== view.element) this.list.insertBefore(view.element, there ?? null);
    });
    return isNew;
  }

  #line(line, isNew) {
    const known = this.#views.get(line.key);
    if (known) known.update(line);
    else {
      this.#views.set(line.key, new LineView(line, this.setting));
      isNew[line.author === "user" ? "own" : "other"] = true;
    }
    return { key: line.key, view: this.#views.get(line.key) };
  }

  #day({ at }) {
    const { language, texts } = this.setting;
    const key = `day-${dayStamp(at)}`;
    const name = dayName(at, language, texts);
    if (this.#views.has(key)) this.#views.get(key).update(name);
    else this.#views.set(key, new DayView(name));
    return { key, view: this.#views.get(key) };
  }

  #remove(key, view) {
    view.element.remove();
    this.#views.delete(key);
  }

  #showTyping(author) {
    this.typing.hidden = author === null;
    if (author === null || this.typing.dataset.author === author) return;
    this.typing.dataset.author = author;
    const name = make("span", { class: "unseen" });
    setText(name, this.setting.texts.typing[author]);
    const dots = [1, 2, 3].map(() => make("i", {}));
    this.typing.replaceChildren(name, make("span", { class: "dots", "aria-hidden": "true" }, ...dots));
  }

  // A button that has been used up must not take the keyboard's place with it.
  #keepFocus(focused) {
    if (!this.element.contains(focused)) return;
    if (focused.disabled || focused.closest("[hidden]")) this.element.focus({ preventScroll: true });
  }

  #resized() {
    this.#height = this.element.clientHeight;
    if (this.#isAtEnd) this.scrollToEnd();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // It was the field that grew or the keyboard that came, not the user who scrolled.
    if (clientHeight !== this.#height) return;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#isAtEnd) this.pill.hidden = true;
  }

  // Two frames later, when the screen reader has taken in what is there.
  #announceFromNowOn() {
    this.isAnnouncing = true;
    const announce = () => this.isAnnouncing && this.element.setAttribute("aria-live", "polite");
    requestAnimationFrame(() => requestAnimationFrame(announce));
  }
}

import { button, fill, icon, make, setText, unseen } from "./dom.js";
import { LineView } from "./line_view.js";
import { dayName, dayStamp } from "./times.js";

const NEAR_PX = 48;

const TOPICS = {
  login_failure: "key",
  payment_failure: "card",
  topup_failure: "plus",
  ask_fees: "percent",
  ask_security: "shield",
  request_human: "person",
};

/** What was said. What is new is announced. */
export class LogView {
  #views = new Map();
  #isAtEnd = true;
  #height = 0;

  constructor(setting) {
    this.setting = setting;
    const { texts } = setting;
    this.replaced = make("p", { class: "replaced" });
    this.welcome = welcome(setting);
    this.list = make("ol", {});
    this.typing = make("div", { class: "typing", "data-role": "typing" });
    const log = { class: "log", "data-role": "log", role: "log", "aria-label": texts.log, tabindex: 0, part: "log" };
    const onscroll = () => this.#scrolled();
    this.element = make("div", { ...log, onscroll }, this.replaced, this.welcome, this.list, this.typing);
    this.pill = button("new-messages", { class: "pill", onclick: () => this.scrollToEnd() }, icon("down"), texts.newMessages);
    this.pill.hidden = true;
    this.silence();
    this.sizes = new ResizeObserver(() => this.#resized());
    this.sizes.observe(this.element);
  }

  show({ lines, isLoaded, typing, agent, isWelcome, isReplaced }) {
    this.welcome.hidden = !isWelcome;
    setText(this.replaced, isReplaced ? this.setting.texts.replaced : "");
    const authors = this.#place(lines);
    this.#showTyping(typing, agent);
    if (this.#isAtEnd || authors.has("user")) this.scrollToEnd();
    else if (authors.size) this.pill.hidden = false;
    if (isLoaded && !this.isAnnouncing) this.#announceFromNowOn();
  }

  silence() {
    this.isAnnouncing = false;
    this.element.ariaLive = "off";
  }

  scrollToEnd() {
    this.element.scrollTop = this.#views.size && this.element.scrollHeight;
    this.#isAtEnd = true;
    this.pill.hidden = true;
  }

  end() {
    this.sizes.disconnect();
  }

  // Answers whose lines are new.
  #place(lines) {
    const before = this.#views;
    const authors = new Set();
    this.#views = new Map();
    for (const line of lines) {
      if (line.startsDay) this.#placeDay(line, before);
      const known = before.get(line.key);
      known?.update(line);
      if (!known) authors.add(line.author);
      this.#views.set(line.key, known ?? new LineView(line, this.setting));
    }
    for (const [key, { element }] of before) if (!this.#views.has(key)) element.remove();
    [...this.#views.values()].forEach(({ element }, index) => {
      const there = this.list.children[index];
      if (there !== element) this.list.insertBefore(element, there ?? null);
    });
    return authors;
  }

  #placeDay({ at }, before) {
    const { language, texts } = this.setting;
    const key = dayStamp(at);
    const view = before.get(key) ?? { element: make("li", { class: "day" }) };
    setText(view.element, dayName(at, language, texts));
    this.#views.set(key, view);
  }

  #showTyping(author, agent) {
    const { texts } = this.setting;
    this.typing.hidden = !author;
    if (!author) return;
    const told = fill(texts.typing, { name: (author === "person" && agent) || texts.authors[author] });
    if (this.typing.textContent === told) return;
    this.typing.dataset.author = author;
    const dots = make("span", { class: "dots", "aria-hidden": true }, ...[1, 2, 3].map(() => make("i", {})));
    this.typing.replaceChildren(author === "bot" ? unseen(told) : make("span", { class: "author" }, told), dots);
  }

  #resized() {
    this.#height = this.element.clientHeight;
    if (this.#isAtEnd) this.scrollToEnd();
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    // The field has grown or the keyboard come.
    if (clientHeight !== this.#height) return;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#isAtEnd) this.pill.hidden = true;
  }

  // A screen reader needs two frames.
  #announceFromNowOn() {
    this.isAnnouncing = true;
    const announce = () => this.isAnnouncing && (this.element.ariaLive = "polite");
    requestAnimationFrame(() => requestAnimationFrame(announce));
  }
}

function welcome({ texts, actions, greeting }) {
  const topics = Object.entries(TOPICS).map(([topic, drawing]) => {
    const attributes = { class: "topic", "data-topic": topic, onclick: () => actions.bringUp(topic) };
    return button("choice", attributes, icon(drawing), texts.topics[topic]);
  });
  return make(
    "div",
    { class: "welcome" },
    make("p", { class: "greeting-title" }, texts.greetingTitle),
    make("p", { class: "greeting" }, greeting),
    make("div", { class: "topics", role: "group", "aria-label": texts.topicsName }, ...topics),
  );
}

import { icon, make, setText } from "./dom.js";

const TOPICS = {
  login_failure: "key",
  payment_failure: "card",
  topup_failure: "plus",
  ask_fees: "percent",
  ask_security: "shield",
  request_human: "person",
};

/** The first screen: a greeting and topics to begin with. */
export class IntroView {
  constructor({ texts, actions, greeting }) {
    this.texts = texts;
    this.replaced = make("p", { class: "replaced" });
    const topics = Object.entries(TOPICS).map(([name, drawing]) => this.#topic(name, drawing, actions));
    this.welcome = make(
      "div",
      { class: "welcome" },
      make("p", { class: "greeting-title" }, texts.greetingTitle),
      make("p", { class: "greeting" }, greeting ?? texts.greeting),
      make("div", { class: "topics", role: "group", "aria-label": texts.topicsName }, ...topics),
    );
    this.element = make("div", { class: "intro" }, this.replaced, this.welcome);
  }

  show({ isWelcome, isReplaced }) {
    this.welcome.hidden = !isWelcome;
    setText(this.replaced, isReplaced ? this.texts.replaced : "");
  }

  #topic(name, drawing, actions) {
    const attributes = { type: "button", class: "topic", "data-role": "choice", "data-topic": name };
    const click = () => actions.bringUp(name);
    return make("button", { ...attributes, onclick: click }, icon(drawing), make("span", {}, this.texts.topics[name]));
  }
}

import { button, fill, icon, make, setText } from "./dom.js";

const LONGEST = 2000;
const COUNTED_FROM = 1800;

/** Where the user writes. */
export class Composer {
  #isComposing = false;
  #isBusy = false;

  constructor({ texts, actions }) {
    Object.assign(this, { texts, actions });
    this.counter = make("p", { class: "counter", id: "counter", role: "status" });
    this.input = make("textarea", {
      "data-role": "input",
      class: "input",
      rows: 1,
      placeholder: texts.placeholder,
      "aria-label": texts.input,
      "aria-describedby": "counter advice",
      enterkeyhint: "send",
      autocomplete: "off",
      oninput: () => {
        this.#changed();
        actions.write(this.text);
      },
      onkeydown: (event) => this.#keyPressed(event),
      oncompositionend: () => this.#composed(),
    });
    const send = { class: "send", "aria-label": texts.send, title: texts.send, onclick: () => this.#send() };
    this.button = button("send", send, icon("send"));
    this.element = make(
      "div",
      { class: "composer", part: "composer" },
      make("div", { class: "field" }, this.input, this.button),
      this.counter,
      make("p", { class: "advice", id: "advice" }, icon("shield"), texts.advice),
    );
    this.#changed();
  }

  get text() {
    return this.input.value;
  }

  set text(text) {
    this.input.value = text;
    this.#changed();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  async #send() {
    const written = this.text;
    if (this.#isBusy || this.button.disabled) return;
    this.#isBusy = true;
    try {
      const rest = await this.actions.send(written.trim());
      if (this.text === written) this.text = rest;
    } finally {
      this.#isBusy = false;
    }
  }

  #keyPressed(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229 || this.#isComposing) return;
    event.preventDefault();
    this.#send();
  }

  // Safari ends a composition before the Enter that ended it.
  #composed() {
    this.#isComposing = true;
    setTimeout(() => (this.#isComposing = false));
  }

  #changed() {
    const { length } = [...this.text.trim()];
    const left = LONGEST - length;
    this.button.disabled = !length || left < 0;
    const words = left < 0 ? this.texts.charactersOver : this.texts.charactersLeft;
    setText(this.counter, length < COUNTED_FROM ? "" : fill(words, { count: Math.abs(left) }));
    this.counter.classList.toggle("over", left < 0);
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight}px`;
  }
}

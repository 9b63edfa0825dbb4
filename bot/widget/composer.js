import { fill, icon, make, setText } from "./dom.js";

const LONGEST = 2000;
const COUNTED_FROM = 1800;

/** Where the user writes. Enter sends, unless an input method is using it. */
export class Composer {
  #isComposing = false;
  #isBusy = false;

  /** `actions.send` answers what is to stay in the field. */
  constructor({ texts, actions }) {
    Object.assign(this, { texts, actions });
    this.counter = make("p", { class: "counter", id: "counter", role: "status" });
    this.input = make("textarea", {
      "data-role": "input",
      class: "input",
      rows: "1",
      placeholder: texts.placeholder,
      "aria-label": texts.input,
      "aria-describedby": "counter advice",
      enterkeyhint: "send",
      autocomplete: "off",
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#keyPressed(event),
      oncompositionend: () => this.#composed(),
    });
    this.button = make("button", { "data-role": "send", class: "send", "aria-label": texts.send, title: texts.send }, icon("send"));
    const submit = (event) => {
      event.preventDefault();
      this.#send();
    };
    this.element = make(
      "form",
      { class: "composer", part: "composer", novalidate: true, onsubmit: submit },
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
    if (this.#isBusy || !this.#maySend) return;
    this.#isBusy = true;
    try {
      const rest = await this.actions.send(written.trim());
      if (this.text === written) this.text = rest;
    } finally {
      this.#isBusy = false;
    }
  }

  get #maySend() {
    return this.text.trim() !== "" && this.#left >= 0;
  }

  get #left() {
    return LONGEST - [...this.text.trim()].length;
  }

  #keyPressed(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229 || this.#isComposing) return;
    event.preventDefault();
    this.#send();
  }

  // Safari ends the composition before it tells of the Enter that ended it.
  #composed() {
    this.#isComposing = true;
    setTimeout(() => {
      this.#isComposing = false;
    });
  }

  #changed() {
    this.button.disabled = !this.#maySend;
    const left = this.#left;
    const words = left < 0 ? this.texts.charactersOver : this.texts.charactersLeft;
    setText(this.counter, left <= LONGEST - COUNTED_FROM ? fill(words, { count: Math.abs(left) }) : "");
    this.counter.classList.toggle("over", left < 0);
    this.input.style.height = "auto";
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight}px`;
  }
}

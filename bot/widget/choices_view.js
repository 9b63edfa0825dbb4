import { fill, icon, make, setText, unseen } from "./dom.js";

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** The buttons under a message. */
export class ChoicesView {
  constructor(line, { texts, actions }) {
    this.texts = texts;
    this.buttons = line.choices.map((choice) => {
      const click = () => actions.choose(choice);
      return make("button", { type: "button", "data-role": "choice", class: "choice", onclick: click }, choice.title);
    });
    this.element = make("div", { class: "choices", role: "group", "aria-label": texts.choices }, ...this.buttons);
  }

  update({ choices }) {
    choices.forEach(({ isEnabled, isChosen }, index) => {
      const button = this.buttons[index];
      button.disabled = !isEnabled;
      if (isChosen && !button.classList.contains("chosen")) this.#mark(button);
    });
  }

  #mark(button) {
    button.classList.add("chosen");
    button.prepend(icon("check"));
    button.append(unseen(` (${this.texts.chosen})`));
  }
}

/** Five stars, given once. Arrow keys move among them, a click, Enter or the space bar gives. */
export class RatingView {
  constructor(line, { texts, actions }) {
    this.texts = texts;
    this.stars = line.choices.map((choice, index) => this.#star(choice, index, actions));
    const row = { class: "stars", role: "radiogroup", "aria-label": texts.rating, onkeydown: (event) => this.#move(event) };
    this.row = make("div", row, ...this.stars);
    this.row.addEventListener("pointerleave", () => this.#fillUpTo(this.given));
    this.told = make("p", { class: "told" });
    this.element = make("div", { class: "rating", "data-role": "rating" }, this.row, this.told);
  }

  update({ choices, rating }) {
    this.given = rating.given;
    const isOver = choices.every(({ isEnabled }) => !isEnabled);
    const reachable = Math.max(this.given - 1, 0);
    this.stars.forEach((star, index) => {
      star.disabled = isOver;
      star.tabIndex = index === reachable ? 0 : -1;
      star.setAttribute("aria-checked", String(index + 1 === this.given));
    });
    this.#fillUpTo(this.given);
    setText(this.told, this.given ? fill(this.texts.rated, { given: this.given }) : "");
  }

  #star(choice, index, actions) {
    const attributes = { type: "button", role: "radio", "data-role": "star", class: "star", "aria-label": choice.title };
    const star = make("button", { ...attributes, title: choice.title, onclick: () => actions.choose(choice) }, icon("star"));
    star.addEventListener("pointerenter", () => star.disabled || this.#fillUpTo(index + 1));
    return star;
  }

  #fillUpTo(count) {
    this.stars.forEach((star, index) => star.classList.toggle("filled", index < count));
  }

  #move(event) {
    const step = STEPS[event.key];
    const from = this.stars.indexOf(event.target);
    if (!step || from < 0) return;
    event.preventDefault();
    const to = this.stars[(from + step + this.stars.length) % this.stars.length];
    this.stars.forEach((star) => (star.tabIndex = star === to ? 0 : -1));
    to.focus();
  }
}

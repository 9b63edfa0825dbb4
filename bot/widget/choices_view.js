import { button, fill, icon, make, setText, unseen } from "./dom.js";

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** The buttons under a message. */
export class ChoicesView {
  constructor({ choices }, { texts, actions }) {
    this.texts = texts;
    this.buttons = choices.map((choice) => button("choice", { class: "choice", onclick: () => actions.choose(choice) }, choice.title));
    this.element = make("div", { class: "choices", role: "group", "aria-label": texts.choices }, ...this.buttons);
  }

  update({ choices }) {
    choices.forEach(({ isEnabled, isChosen }, index) => {
      const button = this.buttons[index];
      button.disabled = !isEnabled;
      if (!isChosen || button.classList.contains("chosen")) return;
      button.classList.add("chosen");
      button.prepend(icon("check"));
      button.append(unseen(` (${this.texts.chosen})`));
    });
  }
}

/** Five stars. Arrow keys only move among them. */
export class RatingView {
  constructor({ choices }, { texts, actions }) {
    this.texts = texts;
    this.stars = choices.map((choice) => {
      const { title } = choice;
      const onclick = () => actions.choose(choice);
      return button("star", { role: "radio", class: "star", "aria-label": title, title, onclick }, icon("star"));
    });
    const onkeydown = (event) => this.#move(event);
    const row = { class: "stars", role: "radiogroup", "aria-label": texts.rating, onkeydown };
    this.told = make("p", { class: "told" });
    this.element = make("div", { "data-role": "rating" }, make("div", row, ...this.stars), this.told);
  }

  update({ choices, given }) {
    this.stars.forEach((star, index) => {
      star.disabled = !choices[index].isEnabled;
      star.setAttribute("aria-checked", index + 1 === given);
      star.classList.toggle("filled", index < given);
    });
    this.#reach(this.stars[Math.max(given - 1, 0)]);
    setText(this.told, given ? fill(this.texts.rated, { given }) : "");
  }

  #reach(reachable) {
    for (const star of this.stars) star.tabIndex = star === reachable ? 0 : -1;
  }

  #move(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const { length } = this.stars;
    const star = this.stars[(this.stars.indexOf(event.target) + step + length) % length];
    this.#reach(star);
    star.focus();
  }
}

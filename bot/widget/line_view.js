import { ChoicesView, RatingView } from "./choices_view.js";
import { button, icon, make, unseen } from "./dom.js";
import { nameOf } from "./messages.js";
import { clock, moment } from "./times.js";

const ADDRESS = /https:\/\/[\w.~:/?#[\]@!$&()*+,;=%-]+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** One line of the log. Made once and then only changed, so that nothing is announced twice. */
export class LineView {
  constructor(line, setting) {
    this.setting = setting;
    const { texts, language } = setting;
    const { author, agent, at } = line;
    this.text = make("div", { "data-role": "text", class: "bubble", dir: "auto", part: "bubble" });
    this.status = make("span", { class: "status" });
    if (line.choices.length) this.choices = new (line.given === null ? ChoicesView : RatingView)(line, setting);
    const time = make("time", { datetime: at.toISOString(), title: moment(at, language) }, clock(at, language));
    const body = make(
      "div",
      { class: "body" },
      make("span", { class: "author" }, nameOf(line, texts)),
      this.text,
      this.choices?.element,
      make("p", { class: "meta" }, time, this.status),
    );
    const drawn = agent ? [...agent][0] : icon(author === "person" ? "person" : "wallet");
    const avatar = author !== "user" && make("span", { class: "avatar", "aria-hidden": true }, drawn);
    this.element = make("li", { "data-role": "message", "data-author": author, class: "line", part: "message" }, avatar, body);
    this.update(line);
  }

  update(line) {
    const { classList, dataset } = this.element;
    const { state, reason, seq, text } = line;
    classList.toggle("starts", line.startsGroup);
    classList.toggle("ends", line.endsGroup);
    if (state) dataset.state = state;
    if (seq) dataset.seq = seq;
    if (this.text.textContent !== text) this.text.replaceChildren(...(line.author === "user" ? [text] : linked(text)));
    this.choices?.update(line);
    const condition = `${state} ${reason}`;
    if (condition !== this.condition) this.status.replaceChildren(...this.#statusOf(line));
    this.condition = condition;
  }

  #statusOf({ key, state, reason }) {
    const { texts, actions } = this.setting;
    if (!state) return [];
    if (state === "sent") return [unseen(texts.sent), icon("check")];
    if (state === "sending") return [texts.sending];
    const told = texts[state][reason] ?? texts[state].other;
    if (state === "waiting") return [told];
    const discard = button("discard", { class: "link", onclick: () => actions.discard(key) }, texts.discard);
    if (state === "refused") return [told, discard];
    return [told, button("retry", { class: "link", onclick: () => actions.retry() }, texts.retry), discard];
  }
}

function linked(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const href = found.replace(TRAILING, "");
    nodes.push(text.slice(end, index), make("a", { href, target: "_blank", rel: "noopener noreferrer" }, href));
    end = index + href.length;
  }
  return [...nodes, text.slice(end)];
}

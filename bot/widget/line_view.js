import { ChoicesView, RatingView } from "./choices_view.js";
import { icon, make, setText } from "./dom.js";
import { clock, moment } from "./times.js";

const ADDRESS = /https:\/\/[^\s<>"'“”‘’，。；：！？、（）【】《》]+/g;
const TRAILING = /[.,;:!?)\]]+$/;
const AVATARS = { bot: "wallet", person: "person" };

/** One line of the log. Made once and then only changed, so that nothing is announced twice. */
export class LineView {
  /** @param {{texts: object, language: string, actions: object}} setting */
  constructor(line, setting) {
    this.setting = setting;
    const { texts, language } = setting;
    const isUser = line.author === "user";
    this.text = make("div", { "data-role": "text", class: "bubble", dir: "auto", part: "bubble" });
    this.time = make("time", { datetime: line.at.toISOString(), title: moment(line.at, language) }, clock(line.at, language));
    this.status = make("span", { class: "status" });
    this.choices = this.#choicesOf(line);
    const body = make(
      "div",
      { class: "body" },
      make("span", { class: "author" }, texts.authors[line.author]),
      this.text,
      this.choices?.element,
      make("p", { class: "meta" }, this.time, this.status),
    );
    const avatar = isUser ? null : make("span", { class: "avatar", "aria-hidden": "true" }, icon(AVATARS[line.author]));
    const attributes = { "data-role": "message", "data-author": line.author, class: "line", part: "message" };
    this.element = make("li", attributes, avatar, body);
    this.update(line);
  }

  update(line) {
    const { classList, dataset } = this.element;
    classList.toggle("starts", line.startsGroup);
    classList.toggle("ends", line.endsGroup);
    if (line.state) dataset.state = line.state;
    if (line.seq !== null) dataset.seq = line.seq;
    if (this.text.textContent !== line.text) this.text.replaceChildren(...this.#content(line));
    this.choices?.update(line);
    const condition = `${line.state} ${line.reason}`;
    if (condition !== this.condition) this.status.replaceChildren(...this.#statusOf(line));
    this.condition = condition;
  }

  #content({ author, text }) {
    return author === "user" ? [text] : linked(text);
  }

  #choicesOf(line) {
    if (line.rating) return new RatingView(line, this.setting);
    return line.choices.length ? new ChoicesView(line, this.setting) : null;
  }

  #statusOf({ key, state, reason }) {
    const { texts, actions } = this.setting;
    if (state === "sending") return [texts.states.sending];
    if (state === "sent") return [make("span", { class: "unseen" }, texts.states.sent), icon("check")];
    if (state === "waiting") return [texts.waiting[reason] ?? texts.waiting.network];
    const discard = make("button", { type: "button", class: "link", onclick: () => actions.discard(key) }, texts.discard);
    if (state === "refused") return [texts.refused[reason] ?? texts.refused.other, discard];
    if (state !== "failed") return [];
    const retry = { type: "button", class: "link", "data-role": "retry", onclick: () => actions.retry(key) };
    return [texts.failed[reason] ?? texts.failed.network, make("button", retry, texts.retry), discard];
  }
}

/** The line between two days. */
export class DayView {
  constructor(name) {
    this.element = make("li", { class: "day" }, make("span", {}, name));
  }

  update(name) {
    setText(this.element.firstChild, name);
  }
}

// Text as nodes, with https addresses as links.
function linked(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TRAILING, "");
    nodes.push(text.slice(end, index), link(address));
    end = index + address.length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function link(address) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}

import { button, fill, make, setText } from "./dom.js";
import { minutes, moment } from "./times.js";

/** The line under the header: where the user stands between the assistant and a person. */
export class HandoffView {
  constructor(setting) {
    const { texts, actions } = setting;
    this.setting = setting;
    // The place in the queue is announced, the guess of the wait is not.
    this.told = make("div", { "data-role": "handoff-told", role: "status" });
    this.when = make("p", { "data-role": "handoff-when" });
    this.leave = button("leave-queue", { class: "link", onclick: () => actions.bringUp("cancel") }, texts.topics.cancel);
    this.element = make("div", { class: "handoff", "data-role": "handoff" }, make("div", {}, this.told, this.when), this.leave);
  }

  show(standing) {
    const told = this.#told(standing);
    setText(this.told, told);
    setText(this.when, this.#when(standing));
    this.leave.hidden = standing.handoff !== "queued";
    this.element.dataset.state = told && standing.handoff;
  }

  #told({ handoff, number, position, agent }) {
    const { handoffs, authors } = this.setting.texts;
    const name = { claimed: "active", queued: ["requested", "next"][position ?? 0] }[handoff] ?? handoff;
    return fill(handoffs[name] ?? "", { number, position, agent: agent ?? authors.person });
  }

  #when({ handoff, wait, due_at: due }) {
    const { texts, language } = this.setting;
    if (handoff === "queued") return wait ? fill(texts.wait, { minutes: minutes(wait, language) }) : texts.waitUnknown;
    return handoff === "case" && due ? fill(texts.due, { moment: moment(new Date(due), language) }) : "";
  }
}

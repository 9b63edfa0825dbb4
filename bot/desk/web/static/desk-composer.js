// Writing to the user. What is sent stands in an outbox of this browser until the desk has it: under an id of its own,
// so that it is taken once however often it is sent, and neither a reload nor a desk that is away loses it.

import { keptFor } from "./desk-kept.js";
import { Refusal, request } from "./desk-request.js";

const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10000;
const TYPING_EVERY_MS = 3000;
const TYPING_ENDS_MS = 5000;
const FEWEST_ROWS = 2;
const MOST_ROWS = 9;

export function startComposer(page, talk) {
  const number = page.dataset.number;
  const kept = keptFor(page.dataset.agent);
  const list = page.querySelector("[data-role=outbox]");
  const words = document.getElementById("talk-words").dataset;
  const draft = `draft:${number}`;
  let outbox = kept.get(`outbox:${number}`, []);
  let wait = SHORTEST_WAIT_MS;
  let isSending = false;
  let retry = 0;

  const form = () => page.querySelector("[data-role=composer]");
  const field = () => page.querySelector("[data-role=answer]");

  function keep() {
    if (outbox.length) kept.set(`outbox:${number}`, outbox);
    else kept.remove(`outbox:${number}`);
  }

  function lineOf(item) {
    const line = document.getElementById("outbox-line").content.firstElementChild.cloneNode(true);
    const isRefused = item.state === "refused";
    line.dataset.state = item.state;
    line.classList.toggle("is-refused", isRefused);
    line.querySelector(".line-text").textContent = item.text;
    line.querySelector("[data-role=line-state]").textContent = words[item.state];
    for (const role of ["take-back", "discard"]) {
      const button = line.querySelector(`[data-role=${role}]`);
      button.hidden = !isRefused;
      button.addEventListener("click", () => giveUp(item, role === "take-back"));
    }
    return line;
  }

  function show() {
    list.replaceChildren(...outbox.map(lineOf));
  }

  function change(item, state) {
    if (item.state === state) return;
    item.state = state;
    keep();
    show();
  }

  function drop(item) {
    outbox = outbox.filter((other) => other !== item);
    keep();
    show();
  }

  function giveUp(item, isEditedAgain) {
    drop(item);
    const answer = field();
    if (!isEditedAgain || !answer) return;
    answer.value = [answer.value, item.text].filter(Boolean).join("\n");
    grow(answer);
    kept.set(draft, answer.value);
    answer.focus();
  }

  async function deliver(item) {
    try {
      const html = await request(`/handoffs/${number}/messages`, { text: item.text, letter_id: item.id });
      drop(item);
      talk.showLetters(html);
      talk.scrollToEnd();
      wait = SHORTEST_WAIT_MS;
      return true;
    } catch (error) {
      const isFinal = error instanceof Refusal && !error.isPassing && error.status !== 401;
      change(item, isFinal ? "refused" : "kept");
      if (isFinal) document.getElementById("notice").innerHTML = error.html;
      return isFinal;
    }
  }

  // In order, one at a time; a line that is refused does not hold up those after it.
  async function send() {
    if (isSending) return;
    isSending = true;
    clearTimeout(retry);
    let next;
    while ((next = outbox.find((item) => item.state !== "refused"))) {
      if (await deliver(next)) continue;
      retry = setTimeout(send, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      break;
    }
    isSending = false;
  }

  function submit() {
    const answer = field();
    const text = answer.value.trim();
    if (!text) return;
    outbox.push({ id: crypto.randomUUID(), text, state: "sending" });
    keep();
    answer.value = "";
    kept.remove(draft);
    grow(answer);
    show();
    talk.scrollToEnd();
    typing.stop();
    send();
  }

  // By rows and not by a style: htmx would copy that to the next composer, which the policy of the page forbids.
  function grow(answer) {
    answer.rows = FEWEST_ROWS;
    while (answer.scrollHeight > answer.clientHeight && answer.rows < MOST_ROWS) answer.rows += 1;
  }

  const typing = {
    toldAt: 0,
    ends: 0,
    // One after the other: the end of typing must not overtake its beginning.
    told: Promise.resolve(),
    tell(isOn) {
      const address = form()?.dataset.typing;
      this.toldAt = isOn ? Date.now() : 0;
      // Whether it was heard does not matter.
      if (address) this.told = this.told.then(() => request(address, { on: String(isOn) })).catch(() => {});
    },
    go() {
      if (Date.now() - this.toldAt > TYPING_EVERY_MS) this.tell(true);
      clearTimeout(this.ends);
      this.ends = setTimeout(() => this.stop(), TYPING_ENDS_MS);
    },
    stop() {
      clearTimeout(this.ends);
      if (this.toldAt) this.tell(false);
    },
  };

  function attach() {
    const answer = field();
    if (!answer || answer.dataset.attached) return;
    answer.dataset.attached = "true";
    answer.value = kept.get(draft, "");
    grow(answer);
    answer.addEventListener("input", () => {
      kept.set(draft, answer.value);
      grow(answer);
      if (answer.value.trim()) typing.go();
      else typing.stop();
    });
    answer.addEventListener("keydown", (event) => {
      // While characters are being put together, Enter chooses among them; 229 is how Safari says so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      submit();
    });
    form().addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
  }

  attach();
  show();
  send();
  document.addEventListener("htmx:afterSettle", attach);
  window.addEventListener("online", send);
  document.body.addEventListener("desk:stored", send);
}

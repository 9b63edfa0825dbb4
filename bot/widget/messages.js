const GROUP_MS = 5 * 60_000;
const UNSENT = ["failed", "refused"];

/** The stored messages of a conversation that this device knows, in order, each once. */
export class Messages {
  #bySeq = new Map();

  /** The last number that the server told of by itself: what to ask on from. */
  cursor = 0;

  get all() {
    return [...this.#bySeq.values()].sort((one, other) => one.seq - other.seq);
  }

  get lastSeq() {
    return Math.max(0, ...this.#bySeq.keys());
  }

  add(message) {
    this.#bySeq.set(message.seq, message);
    this.cursor = Math.max(this.cursor, message.seq);
  }

  /** Take the user's own message before the server tells of it. */
  addOwn(message) {
    if (!this.#bySeq.has(message.seq)) this.#bySeq.set(message.seq, message);
  }

  clear() {
    this.#bySeq.clear();
    this.cursor = 0;
  }

  countAfter(seq) {
    return this.all.filter((message) => message.author !== "user" && message.seq > seq).length;
  }
}

/** What the log shows, in order: stored messages and queued ones, each with everything its view has to know. */
export function linesOf(messages, entries) {
  const known = new Set(messages.map(({ id }) => id));
  const pending = behindOneAnother(entries.filter(({ id }) => !known.has(id))).map(lineOfEntry);
  const lines = [...messages.map(lineOfMessage), ...pending].sort((one, other) => one.place - other.place);
  lines.forEach((line, index) => {
    if (line.choices.length) settle(line, lines.slice(index + 1).filter(isSaid));
    line.startsDay = !isSameDay(lines[index - 1], line);
    line.startsGroup = !isSameGroup(lines[index - 1], line);
    line.endsGroup = !isSameGroup(line, lines[index + 1]);
  });
  return lines;
}

// Who stands behind one that waits, waits for the same.
function behindOneAnother(entries) {
  const head = entries.find(({ state }) => state === "waiting");
  return entries.map((entry) => (head && entry.state === "sending" ? { ...entry, state: head.state, reason: head.reason } : entry));
}

function lineOfMessage({ seq, id, author, text, sent_at: at, buttons, asks }) {
  const state = author === "user" ? "sent" : null;
  const choices = buttons.map((button) => ({ ...button, isEnabled: true }));
  const given = asks === "rating" && buttons.length === 5 ? 0 : null;
  return { key: id ?? `seq-${seq}`, place: seq, seq, author, text, at: new Date(at), state, choices, given };
}

// What is still to be sent goes below everything; what is not stays where it was said.
function lineOfEntry({ id, label, at, after, state, reason }) {
  const place = UNSENT.includes(state) ? after + 0.5 : Infinity;
  return { key: id, place, author: "user", text: label, at: new Date(at), state, reason, choices: [], given: null };
}

function isSaid({ author, state }) {
  return author === "user" && !UNSENT.includes(state);
}

// A button that answers is over when the user has said anything; a rating counts once, whenever it was given.
function settle(line, said) {
  const titles = line.choices.map(({ title }) => title);
  const rated = line.given === 0 && said.find(({ text }) => titles.includes(text));
  if (rated) line.given = titles.indexOf(rated.text) + 1;
  for (const choice of line.choices) {
    if (!said.length || !(choice.answers || rated)) continue;
    choice.isEnabled = false;
    choice.isChosen = choice.title === said[0].text;
  }
}

function isSameDay(one, other) {
  return one?.at.toDateString() === other?.at.toDateString();
}

function isSameGroup(one, other) {
  return isSameDay(one, other) && one.author === other.author && other.at - one.at < GROUP_MS;
}

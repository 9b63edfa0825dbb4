const GROUP_MS = 5 * 60_000;
const UNSENT = ["failed", "refused"];

/** The stored messages of a conversation that this device knows, in order, each once. */
export class Messages {
  #bySeq = new Map();

  /** The last sequence number that the server told of by itself: what to ask on from. */
  cursor = 0;

  get all() {
    return [...this.#bySeq.values()].sort((one, other) => one.seq - other.seq);
  }

  get isEmpty() {
    return this.#bySeq.size === 0;
  }

  get lastSeq() {
    return Math.max(0, ...this.#bySeq.keys());
  }

  /** Take a message from history or stream. */
  add(message) {
    this.#bySeq.set(message.seq, message);
    this.cursor = Math.max(this.cursor, message.seq);
  }

  /** Take the user's own message whose number is known before the server tells of it. */
  addOwn(message) {
    if (!this.#bySeq.has(message.seq)) this.#bySeq.set(message.seq, message);
  }

  clear() {
    this.#bySeq.clear();
    this.cursor = 0;
  }

  /** How many messages of bot and person came after a sequence number. */
  countAfter(seq) {
    return [...this.#bySeq.values()].filter((message) => message.author !== "user" && message.seq > seq).length;
  }
}

/**
 * What the log shows, in order: stored messages and the user's own queued ones, each with everything its view has to know.
 * @returns {Array<{key, author, text, at, seq, state, reason, startsDay, startsGroup, endsGroup, choices, rating}>}
 */
export function linesOf(messages, entries) {
  const known = new Set(messages.map((message) => message.id).filter(Boolean));
  const pending = behindOneAnother(entries.filter((entry) => !known.has(entry.id))).map(lineOfEntry);
  const lines = [...messages.map(lineOfMessage), ...pending].sort((one, other) => one.place - other.place);
  lines.forEach((line, index) => {
    if (line.choices.length) settle(line, lines.slice(index + 1).filter(isSaid));
  });
  return group(lines);
}

// Who stands behind one that waits, waits for the same.
function behindOneAnother(entries) {
  const head = entries.find(({ state }) => state === "waiting");
  if (!head) return entries;
  return entries.map((entry) => (entry.state === "sending" ? { ...entry, state: "waiting", reason: head.reason } : entry));
}

function lineOfMessage({ seq, id, author, text, sent_at: at, buttons, asks }) {
  const state = author === "user" ? "sent" : null;
  const choices = buttons.map((button) => ({ ...button, isEnabled: true, isChosen: false }));
  const rating = asks === "rating" && buttons.length === 5 ? { given: 0 } : null;
  return { key: id ?? `seq-${seq}`, place: seq, seq, author, text, at: new Date(at), state, reason: null, choices, rating };
}

// What is still to be sent goes below everything; what is not stays where it was said.
function lineOfEntry({ id, label, at, after, state, reason }) {
  const place = UNSENT.includes(state) ? after + 0.5 : Infinity;
  return { key: id, place, seq: null, author: "user", text: label, at: new Date(at), state, reason, choices: [], rating: null };
}

function isSaid({ author, state }) {
  return author === "user" && !UNSENT.includes(state);
}

// A button that answers is over as soon as the user has said anything; a rating counts once, whenever it was given.
function settle(line, said) {
  for (const choice of said.length ? line.choices.filter(({ answers }) => answers) : []) {
    choice.isEnabled = false;
    choice.isChosen = choice.title === said[0].text;
  }
  const titles = line.choices.map(({ title }) => title);
  const rated = line.rating && said.find(({ text }) => titles.includes(text));
  if (!rated) return;
  line.rating.given = titles.indexOf(rated.text) + 1;
  for (const choice of line.choices) choice.isEnabled = false;
}

function group(lines) {
  return lines.map((line, index) => {
    const startsDay = !isSameDay(lines[index - 1], line);
    const startsGroup = startsDay || !isSameGroup(lines[index - 1], line);
    const next = lines[index + 1];
    const endsGroup = !next || !isSameDay(line, next) || !isSameGroup(line, next);
    return { ...line, startsDay, startsGroup, endsGroup };
  });
}

function isSameDay(one, other) {
  return one?.at.toDateString() === other.at.toDateString();
}

function isSameGroup(one, other) {
  return one?.author === other.author && other.at - one.at < GROUP_MS;
}

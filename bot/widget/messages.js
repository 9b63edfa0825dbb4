const GROUP_MS = 5 * 60_000;
const UNSENT = ["failed", "refused"];

/** The stored messages of a conversation that this device knows, in order, each once. */
export class Messages {
  #bySeq = new Map();

  /** The number to ask on from. */
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

/** What the log shows, in order: stored messages and queued ones, with all a view has to know. */
export function linesOf(messages, entries) {
  const known = new Set(messages.map(({ id }) => id));
  const pending = behindOneAnother(entries.filter(({ id }) => !known.has(id))).map(lineOfEntry);
  const lines = [...messages.map(lineOfMessage), ...pending].sort((one, other) => one.place - other.place);
  lines.forEach((line, index) => {
    if (line.given === null && line.choices.length) settle(line, lines.slice(index + 1).find(isSaid));
    line.startsDay = !isSameDay(lines[index - 1], line);
    line.startsGroup = !isSameGroup(lines[index - 1], line);
    line.endsGroup = !isSameGroup(line, lines[index + 1]);
  });
  settleStars(lines);
  return lines;
}

/** Who a message is from. */
export function nameOf({ author, agent }, { authors }) {
  return agent ? `${agent} · ${authors.person}` : authors[author];
}

// Who stands behind one that waits, waits for the same.
function behindOneAnother(entries) {
  const head = entries.find(({ state }) => state === "waiting");
  return entries.map((entry) => (head && entry.state === "sending" ? { ...entry, state: head.state, reason: head.reason } : entry));
}

function lineOfMessage({ id, sent_at: at, buttons, asks, ...message }) {
  const { seq, author, rates } = message;
  const state = author === "user" ? "sent" : null;
  const choices = buttons.map((button, index) => ({ ...button, rates, stars: rates && index + 1, isEnabled: true }));
  const given = asks === "rating" && buttons.length === 5 ? 0 : null;
  return { ...message, key: id ?? `seq-${seq}`, place: seq, at: new Date(at), state, choices, given };
}

// What could not be sent stays where it was said.
function lineOfEntry({ id, label: text, at, after, ...entry }) {
  const place = UNSENT.includes(entry.state) ? after + 0.5 : Infinity;
  return { ...entry, key: id, place, author: "user", text, at: new Date(at), choices: [], given: null };
}

function isSaid({ author, state }) {
  return author === "user" && !UNSENT.includes(state);
}

// A button that answers is over when the user has said anything.
function settle({ choices }, said) {
  for (const choice of choices) {
    if (!said || !choice.answers) continue;
    choice.isEnabled = false;
    choice.isChosen = choice.title === said.text;
  }
}

// Stars are given once, to the newest question about the same service; typed ones do not say to which.
function settleStars(lines) {
  const asked = {};
  for (const line of lines) {
    const before = asked[line.rates];
    if (line.given === 0) {
      asked[line.rates] = asked[null] = line;
      end(before);
    } else if (line.stars && before && !before.given && isSaid(line)) {
      before.given = line.stars;
      end(before);
    }
  }
}

function end(question) {
  for (const choice of question?.choices ?? []) choice.isEnabled = false;
}

function isSameDay(one, other) {
  return one?.at.toDateString() === other?.at.toDateString();
}

function isSameGroup(one, other) {
  return isSameDay(one, other) && one.author === other.author && one.agent === other.agent && other.at - one.at < GROUP_MS;
}

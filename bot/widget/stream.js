import { Pause, backoff } from "./turns.js";

const SILENCE_MS = 40_000;
const HIDDEN_MS = 60_000;

/** The event stream. Asleep while nobody looks at the page: all tabs together have six connections to a host. */
export class Stream {
  #wanted = null;
  #running = null;
  #attempt = null;
  #hidden = null;
  #pause = new Pause();

  constructor(conversation) {
    this.conversation = conversation;
  }

  get isStarted() {
    return this.#wanted !== null;
  }

  start() {
    if (this.#wanted) return;
    this.#wanted = new AbortController();
    const { signal } = this.#wanted;
    window.addEventListener("offline", () => this.drop(), { signal });
    document.addEventListener("visibilitychange", () => this.#lookedAt(), { signal });
    this.#run();
    this.#lookedAt();
  }

  stop() {
    this.#wanted?.abort();
    this.#wanted = null;
    clearTimeout(this.#hidden);
    this.#rest();
  }

  drop() {
    this.#attempt?.abort();
  }

  wake() {
    this.#pause.wake();
  }

  #lookedAt() {
    clearTimeout(this.#hidden);
    if (document.hidden) this.#hidden = setTimeout(() => this.#rest(), HIDDEN_MS);
    else this.#run();
  }

  #run() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.conversation.trouble.expect();
    this.#keepOpen(this.#running.signal);
  }

  #rest() {
    this.#running?.abort();
    this.#running = null;
    this.drop();
    this.conversation.slept();
  }

  async #keepOpen(signal) {
    let tries = 0;
    const onEvent = () => (tries = 0);
    while (!signal.aborted) {
      const error = await this.#listen(signal, onEvent).catch((error) => error);
      if (signal.aborted) return;
      this.conversation.lost(error);
      await this.#pause.wait(Math.max(backoff(tries++), error?.retryAfterMs ?? 0), signal);
    }
  }

  async #listen(signal, onEvent) {
    const attempt = new AbortController();
    this.#attempt = attempt;
    let silence;
    const onBytes = () => {
      clearTimeout(silence);
      silence = setTimeout(() => attempt.abort(), SILENCE_MS);
    };
    onBytes();
    try {
      const body = await this.conversation.connect(attempt.signal);
      if (signal.aborted) return;
      this.conversation.opened();
      for await (const { event, data } of readEvents(body, onBytes)) {
        if (signal.aborted) return;
        onEvent();
        this.conversation.heard(event, JSON.parse(data));
      }
    } finally {
      clearTimeout(silence);
      attempt.abort();
    }
  }
}

// The chunks of a body may be cut anywhere.
async function* readEvents(body, onBytes) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      if (event.data) yield event;
    }
  }
}

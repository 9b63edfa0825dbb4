import { Pause, backoff } from "./pause.js";

const SILENCE_MS = 40_000;
const HIDDEN_MS = 60_000;

/**
 * The event stream: kept open, opened again after every loss, given up only by `stop`.
 * Asleep while nobody looks at the page: a browser opens six connections to a host, for all its tabs together.
 */
export class Stream {
  #wanted = null;
  #running = null;
  #attempt = null;
  #hidden = null;
  #pause = new Pause();

  /**
   * @param {{connect: (signal: AbortSignal) => Promise<ReadableStream>, onStart: () => void, onOpen: () => void,
   *   onEvent: (event: object) => void, onLost: (error: Error | undefined) => void, onSleep: () => void}} handlers
   */
  constructor(handlers) {
    this.handlers = handlers;
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

  /** Give up the present connection for another one. */
  drop() {
    this.#attempt?.abort();
  }

  /** Try again at once instead of at the end of the present wait. */
  wake() {
    this.#pause.wake();
  }

  #lookedAt() {
    clearTimeout(this.#hidden);
    if (!document.hidden) this.#run();
    else this.#hidden = setTimeout(() => this.#rest(), HIDDEN_MS);
  }

  #run() {
    if (this.#running) return;
    this.#running = new AbortController();
    this.handlers.onStart();
    this.#keepOpen(this.#running.signal);
  }

  #rest() {
    this.#running?.abort();
    this.#running = null;
    this.drop();
    this.handlers.onSleep();
  }

  async #keepOpen(signal) {
    let tries = 0;
    const onEvent = () => (tries = 0);
    while (!signal.aborted) {
      const error = await this.#listen(signal, onEvent);
      if (signal.aborted) return;
      this.handlers.onLost(error);
      await this.#pause.wait(Math.max(backoff(tries++), error?.retryAfterMs ?? 0), signal);
    }
  }

  async #listen(signal, onEvent) {
    const attempt = new AbortController();
    this.#attempt = attempt;
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => attempt.abort(), SILENCE_MS);
    };
    try {
      const body = await this.handlers.connect(attempt.signal);
      if (signal.aborted) return undefined;
      heard();
      this.handlers.onOpen();
      for await (const event of readEvents(body, heard)) {
        if (signal.aborted) return undefined;
        onEvent();
        this.handlers.onEvent(event);
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      clearTimeout(silence);
      attempt.abort();
    }
  }
}

// The events of a body; `onBytes` is called for every chunk, comments included.
async function* readEvents(body, onBytes) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    yield* parser.push(decoder.decode(value, { stream: true }));
  }
}

/** Makes events out of text that may be cut anywhere. */
export class EventParser {
  #rest = "";
  #event = emptyEvent();

  /** The events that this piece of text completes. */
  push(text) {
    // A carriage return at the very end may be the first half of a line end.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?=[^])/);
    this.#rest = lines.pop();
    return lines.map((line) => this.#read(line)).filter(Boolean);
  }

  #read(line) {
    if (line === "") return this.#finish();
    const [, name, value] = /^([^:]*):? ?([^]*)$/.exec(line);
    if (name === "data") this.#event.data.push(value);
    else if (name === "event") this.#event.type = value;
    else if (name === "id") this.#event.id = value;
    return null;
  }

  #finish() {
    const { type, id, data } = this.#event;
    this.#event = emptyEvent();
    return data.length ? { type, id, data: data.join("\n") } : null;
  }
}

function emptyEvent() {
  return { type: "message", id: null, data: [] };
}

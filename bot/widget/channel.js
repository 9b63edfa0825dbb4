const ANSWER_MS = 30_000;

/** A refusal of the server, or status 0 when none was reached. */
export class ChannelError extends Error {
  constructor(status, code = "network", seconds = 0) {
    super(code);
    Object.assign(this, { status, code, retryAfterMs: seconds * 1000 });
  }
}

/** The HTTP of the bot's channel. */
export class Channel {
  constructor(server) {
    this.base = `${server}/webhooks/widget`;
  }

  openSession(body, signal) {
    return this.#json("/sessions", { method: "POST", body, signal });
  }

  say(token, body, signal) {
    return this.#json("/messages", { method: "POST", token, body, signal });
  }

  /** Tried only once. */
  tellWriting(token, on) {
    this.#request("/typing", { method: "POST", token, body: { on }, keepalive: true }).catch(() => {});
  }

  async *pages(token, after, signal) {
    for (;;) {
      const { messages } = await this.#json(`/messages?after=${after}`, { token, signal });
      if (!messages.length) return;
      yield messages;
      after = messages.at(-1).seq;
    }
  }

  async events(token, after, signal) {
    return (await this.#request("/events", { token, signal, headers: { "Last-Event-ID": after } })).body;
  }

  async #json(path, { signal, ...options }) {
    const response = await this.#request(path, { ...options, signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
    return response.json().catch(() => {
      throw new ChannelError(0);
    });
  }

  async #request(path, { token, body, headers = {}, ...options }) {
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    const request = { ...options, headers, body: JSON.stringify(body), credentials: "omit", cache: "no-store" };
    const response = await fetch(this.base + path, request).catch(() => {
      throw new ChannelError(0);
    });
    if (response.ok) return response;
    const { code = "error" } = await response.json().catch(() => ({}));
    throw new ChannelError(response.status, code, Number(response.headers.get("Retry-After")) || 0);
  }
}

const ANSWER_MS = 30_000;

/** A refusal of the server, or status 0 with code `network` when none was reached. */
export class ChannelError extends Error {
  constructor(status, code, retryAfterMs = 0) {
    super(code);
    Object.assign(this, { status, code, retryAfterMs });
  }
}

/** The HTTP of the bot's channel. */
export class Channel {
  /** @param {string} server - origin of the bot, with a path if it has one */
  constructor(server) {
    this.base = `${server}/webhooks/widget`;
  }

  /** Open a session, or go on with the one whose `session_token` is given. */
  openSession(body, signal) {
    return this.#json("/sessions", { method: "POST", body, signal });
  }

  /** Send one message of the user; answers `{seq}` when the turn is stored. */
  say(token, body, signal) {
    return this.#json("/messages", { method: "POST", token, body, signal });
  }

  /** The messages after a sequence number, page by page until there are no more. */
  async *pages(token, after, signal) {
    for (;;) {
      const { messages } = await this.#json(`/messages?after=${after}`, { token, signal });
      if (!messages.length) return;
      yield messages;
      after = messages.at(-1).seq;
    }
  }

  /** The body of the event stream after a sequence number. */
  async events(token, after, signal) {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    return (await this.#request("/events", { token, headers, signal })).body;
  }

  async #json(path, options) {
    const response = await this.#request(path, options);
    try {
      return await response.json();
    } catch {
      throw new ChannelError(0, "network");
    }
  }

  async #request(path, { method = "GET", token, body, headers = {}, signal }) {
    const ended = new AbortController();
    const end = () => ended.abort();
    const timer = setTimeout(end, ANSWER_MS);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end);
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body) headers["Content-Type"] = "application/json";
    try {
      const response = await fetch(this.base + path, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: ended.signal,
        credentials: "omit",
        cache: "no-store",
      });
      if (!response.ok) throw await refusal(response);
      return response;
    } catch (error) {
      throw error instanceof ChannelError ? error : new ChannelError(0, "network");
    } finally {
      clearTimeout(timer);
    }
  }
}

async function refusal(response) {
  const { code } = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  return new ChannelError(response.status, code ?? "error", seconds * 1000);
}

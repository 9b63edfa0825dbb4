import { backoff, locked } from "./turns.js";

/** The host has to give a new user token. */
export class TokenNeeded extends Error {}

/** One speaker's session with the server, shared by all tabs. */
export class Session {
  #refusedUserToken = null;
  #asking = null;
  #asked = 0;

  constructor(conversation, key) {
    Object.assign(this, { conversation, key });
  }

  get kept() {
    return this.conversation.store.get(this.key);
  }

  /** Run a task with a session's token, and again with a new one if the server refuses it. */
  async use(task, signal) {
    const run = (session) => {
      this.conversation.belongTo(session);
      return task(session.session_token);
    };
    try {
      const session = this.kept ?? (await this.#alone((kept) => kept ?? this.#open(undefined, signal)));
      try {
        return await run(session);
      } catch (error) {
        if (error.status !== 401) throw error;
        return await run(await this.#renew(session.session_token, signal));
      }
    } catch (error) {
      if (error instanceof TokenNeeded && !signal.aborted) this.#askForToken();
      throw error;
    }
  }

  replace(signal) {
    return this.#alone(() => this.#open(undefined, signal));
  }

  choice(name, language) {
    return this.kept?.choices?.[language]?.[name];
  }

  titleOfChoice(name, language) {
    return claimsOf(this.choice(name, language)).title;
  }

  stop() {
    clearTimeout(this.#asking);
  }

  #alone(task) {
    return locked(this.key, () => task(this.kept));
  }

  // The same conversation if the server allows it, else a new one.
  #renew(refusedToken, signal) {
    return this.#alone(async (kept) => {
      if (kept && kept.session_token !== refusedToken) return kept;
      try {
        return await this.#open(refusedToken, signal);
      } catch (error) {
        if (![401, 404].includes(error.status)) throw error;
        return this.#open(undefined, signal);
      }
    });
  }

  async #open(token, signal) {
    const { channel, store, userToken, language } = this.conversation;
    const user = userToken() || undefined;
    if (user && user === this.#refusedUserToken) throw new TokenNeeded();
    try {
      const session = await channel.openSession({ language: language(), user_token: user, session_token: token }, signal);
      store.set(this.key, session);
      this.#asked = 0;
      return session;
    } catch (error) {
      if (error.status !== 401 || token) throw error;
      this.#refusedUserToken = user;
      throw new TokenNeeded();
    }
  }

  // Later each time, for a host that keeps giving bad tokens.
  #askForToken() {
    if (this.#asking !== null) return;
    const ask = () => {
      this.#asking = null;
      this.conversation.onTokenNeeded();
    };
    this.#asking = setTimeout(ask, this.#asked && backoff(this.#asked));
    this.#asked += 1;
  }
}

/** Whose things these are: a user's, or guests'. */
export function speakerOf(userToken) {
  return userToken ? `user.${claimsOf(userToken).sub ?? ""}` : "guest";
}

// Unproved: only for names of keys and for titles.
function claimsOf(token) {
  try {
    const body = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

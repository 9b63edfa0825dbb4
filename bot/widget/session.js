import { locked } from "./lock.js";
import { backoff } from "./pause.js";

/** The host application has to give a new user token before anything goes on. */
export class TokenNeeded extends Error {}

/** One speaker's session with the server, shared by all tabs. */
export class Session {
  #refusedUserToken = null;
  #asking = null;
  #asked = 0;

  /**
   * @param {{channel: object, store: object, key: string, userToken: () => string | null, language: () => string,
   *   onUse: (session: object) => void, onTokenNeeded: () => void}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** The session kept on this device, or null. */
  get kept() {
    return this.store.get(this.key);
  }

  /** Run a task with a session, and once more with a renewed one if the server refuses the first. */
  async use(task, signal) {
    try {
      const session = this.kept ?? (await this.#alone((kept) => kept ?? this.#open(null, signal)));
      this.onUse(session);
      try {
        return await task(session);
      } catch (error) {
        if (error.status !== 401) throw error;
        const renewed = await this.#renew(session.session_token, signal);
        this.onUse(renewed);
        return await task(renewed);
      }
    } catch (error) {
      if (error instanceof TokenNeeded && !signal.aborted) this.#askForToken();
      throw error;
    }
  }

  /** A new conversation in place of the kept one. */
  async replace(signal) {
    return this.#alone(() => this.#open(null, signal));
  }

  /** The token of a ready-made choice, or undefined. */
  choice(name, language) {
    return this.kept?.choices?.[language]?.[name];
  }

  /** How the server words a ready-made choice, or undefined. */
  titleOfChoice(name, language) {
    return claimsOf(this.choice(name, language)).title;
  }

  stop() {
    clearTimeout(this.#asking);
  }

  async #alone(task) {
    return locked(this.key, () => task(this.kept));
  }

  // The same conversation under a fresh token if the server allows it, else a new one.
  async #renew(refusedToken, signal) {
    return this.#alone(async (kept) => {
      if (kept && kept.session_token !== refusedToken) return kept;
      try {
        return await this.#open(refusedToken, signal);
      } catch (error) {
        if (![401, 404].includes(error.status)) throw error;
        return this.#open(null, signal);
      }
    });
  }

  async #open(sessionToken, signal) {
    const userToken = this.userToken();
    if (userToken && userToken === this.#refusedUserToken) throw new TokenNeeded();
    const body = { language: this.language() };
    if (userToken) body.user_token = userToken;
    if (sessionToken) body.session_token = sessionToken;
    try {
      const session = await this.channel.openSession(body, signal);
      this.store.set(this.key, session);
      this.#asked = 0;
      return session;
    } catch (error) {
      if (error.status !== 401 || sessionToken) throw error;
      this.#refusedUserToken = userToken;
      throw new TokenNeeded();
    }
  }

  // Later each time: a host that keeps giving bad tokens must not run in a circle.
  #askForToken() {
    if (this.#asking !== null) return;
    const ask = () => {
      this.#asking = null;
      this.onTokenNeeded();
    };
    this.#asking = setTimeout(ask, this.#asked === 0 ? 0 : backoff(this.#asked));
    this.#asked += 1;
  }
}

/** Whose things these are on this device: a user's by the subject of his token, guests' apart. */
export function speakerOf(userToken) {
  return userToken ? `user.${claimsOf(userToken).sub ?? ""}` : "guest";
}

// Unproved: only for names of keys and for titles. An empty object if it is no JWT.
function claimsOf(token) {
  try {
    const body = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

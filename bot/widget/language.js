import en from "./texts/en.js";
import zh from "./texts/zh.js";

/** Every text of the widget by language. */
export const TEXTS = { zh, en };

const KEY = "language";

/** What the user chose here, for as long as the host does not choose another; else the host's, else the browser's. */
export class LanguageChoice {
  constructor(store) {
    this.store = store;
  }

  /** @param {string | null} host - the host's choice, as it stands now */
  now(host) {
    const chosen = this.store.get(KEY);
    if (chosen && chosen.host === host && chosen.language in TEXTS) return chosen.language;
    if (host in TEXTS) return host;
    return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  }

  choose(language, host) {
    this.store.set(KEY, { language, host });
  }
}

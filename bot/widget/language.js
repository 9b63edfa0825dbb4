import en from "./texts/en.js";
import zh from "./texts/zh.js";

/** Every text of the widget by language. */
export const TEXTS = { zh, en };

/** What the user chose, until the host chooses another; else the host's, else the browser's. */
export class LanguageChoice {
  constructor(store) {
    this.store = store;
  }

  now(host) {
    const chosen = this.store.get("language");
    if (chosen?.host === host) return chosen.language;
    if (host in TEXTS) return host;
    return navigator.language.startsWith("zh") ? "zh" : "en";
  }

  choose(language, host) {
    this.store.set("language", { language, host });
  }
}

const KEY = "wallet-demo:language";
const LANGUAGES = ["zh", "en"];
const FILES = [
  "app",
  "story",
  "sign_in",
  "home",
  "money",
  "sending",
  "refund",
  "account",
  "identity",
  "security",
  "operator",
];

const texts = {};
const listeners = new Set();
let chosen = localStorage.getItem(KEY) ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

/** Fetch the words of both languages, so that switching needs nothing. */
export async function loadTexts() {
  const read = async (path) => (await fetch(new URL(`texts/${path}.json`, import.meta.url))).json();
  const load = async (name) => Object.assign({}, ...(await Promise.all(FILES.map((file) => read(`${name}/${file}`)))));
  await Promise.all(LANGUAGES.map(async (name) => (texts[name] = await load(name))));
}

/** The language the page is in: zh or en. */
export function language() {
  return chosen;
}

/** The language it is not in. */
export function otherLanguage() {
  return LANGUAGES.find((name) => name !== chosen);
}

/** Switch; everyone who listens draws anew. */
export function setLanguage(name) {
  chosen = name;
  localStorage.setItem(KEY, name);
  listeners.forEach((listener) => listener());
}

/** Be told of a switch. */
export function onLanguage(listener) {
  listeners.add(listener);
}

/** The words at a path such as "pay.title", with {names} filled in. */
export function say(path, values = {}) {
  const words = find(path);
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** The list of words at a path. */
export function list(path) {
  return find(path);
}

/** Whether there are words at a path. */
export function knows(path) {
  return find(path) !== undefined;
}

/** The words of a pair {zh, en} that came from the wallet. */
export function either(pair) {
  return pair[chosen];
}

/** What Intl calls the language. */
export function locale() {
  return chosen === "zh" ? "zh-CN" : "en";
}

function find(path) {
  return path.split(".").reduce((found, name) => found?.[name], texts[chosen]);
}

import { announce } from "./announcement.js";
import { wallet } from "./api.js";
import { button, element } from "./elements.js";
import { language, onLanguage, say } from "./language.js";
import { onSession, session } from "./session.js";

const NAME = "wallet-hotline";
const RENEW_BEFORE_MILLISECONDS = 5 * 60 * 1000;

const widget = document.querySelector(NAME);
const script = document.querySelector("[data-role=widget-script]");
const away = element("section", { class: "help-away", hidden: true, data: { role: "help-away" } });
let renewal = null;
let timer = null;
let tries = 0;
let isAway = false;

/** Keep the support line's widget told of language and user; the page goes on without it if it does not come. */
export function startHelp() {
  document.querySelector("[data-role=view]").after(away);
  script.addEventListener("error", () => (isAway = true));
  customElements.whenDefined(NAME).then(hideAway);
  widget.addEventListener("token-needed", answerTokenNeeded);
  widget.addEventListener("hotline-open", () => document.body.classList.add("with-help"));
  widget.addEventListener("hotline-close", () => document.body.classList.remove("with-help"));
  onLanguage(followLanguage);
  onSession(followSession);
}

/** Set the widget up for who is there when the page opens. */
export function greetHelp() {
  script.addEventListener("error", showAway);
  if (isAway) showAway();
  followLanguage();
  if (session()) renewProof();
}

/** Open the widget on a topic, about a payment or top-up if one is named. */
export async function getHelp(question) {
  await renewal;
  if (typeof widget.openWith !== "function") return showAway();
  widget.openWith(question);
}

/** Do something whenever the user comes back from the widget. */
export function onHelpClosed(listener) {
  widget.addEventListener("hotline-close", listener);
}

function followLanguage() {
  widget.setAttribute("language", language());
  if (isAway) drawAway();
}

function followSession() {
  clearTimeout(timer);
  if (session()) return renewProof();
  widget.reset?.();
  widget.removeAttribute("user-token");
}

function answerTokenNeeded(event) {
  if (!session()) return;
  // Tells the widget that a token is on its way.
  event.preventDefault();
  renewProof();
}

function renewProof() {
  renewal ??= fetchProof().finally(() => (renewal = null));
  return renewal;
}

async function fetchProof() {
  const user = session();
  try {
    const { token, expires_at: end } = await wallet.supportToken();
    if (session() !== user) return;
    widget.setAttribute("user-token", token);
    clearTimeout(timer);
    timer = setTimeout(renewProof, Math.max(0, Date.parse(end) - Date.now() - RENEW_BEFORE_MILLISECONDS));
  } catch {
    // Without a proof the widget takes the user for a guest; it asks again when it needs one.
  }
}

function showAway() {
  isAway = true;
  drawAway();
  announce(say("help.away"));
}

function drawAway() {
  const again = button({ class: "link", press: loadAgain }, say("help.load_again"));
  away.setAttribute("aria-label", say("help.get"));
  away.replaceChildren(say("help.away"), " ", again);
  away.hidden = false;
}

function hideAway() {
  isAway = false;
  away.hidden = true;
}

async function loadAgain() {
  tries += 1;
  try {
    // A browser remembers that an address failed.
    await import(`${script.src}?again=${tries}`);
  } catch {
    showAway();
  }
}

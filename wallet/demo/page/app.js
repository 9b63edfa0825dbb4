import { button, heading } from "./elements.js";
import { markView, startFrame } from "./frame.js";
import { greetHelp, onHelpClosed, startHelp } from "./help.js";
import { language, loadTexts, onLanguage, say } from "./language.js";
import { problemOutcome } from "./outcome.js";
import { drawAgain } from "./redrawing.js";
import { letKeysScroll } from "./scrolling.js";
import { onSession, session } from "./session.js";
import { startStory } from "./story.js";
import { cards } from "./views/cards.js";
import { home } from "./views/home.js";
import { identity } from "./views/identity.js";
import { limits } from "./views/limits.js";
import { mailbox } from "./views/mailbox.js";
import { operator } from "./views/operator.js";
import { pay } from "./views/pay.js";
import { refund } from "./views/refund.js";
import { security } from "./views/security.js";
import { signIn } from "./views/sign_in.js";
import { topup } from "./views/topup.js";
import { transfer } from "./views/transfer.js";
import { withdraw } from "./views/withdraw.js";

const VIEWS = {
  ...{ home, pay, topup, transfer, withdraw, refund, limits, cards, mailbox, security, identity, operator },
  "sign-in": signIn,
};

const place = document.querySelector("[data-role=view]");
let memory = {};
let notice = null;
let turn = 0;

startHelp();
await loadTexts();
startFrame();
greetHelp();
letKeysScroll(place);
onLanguage(redraw);
onSession(follow);
onHelpClosed(() => route().view === "home" && redraw());
window.addEventListener("hashchange", open);
document.addEventListener("click", openAgain);
startStory();
await draw();

function route() {
  const [asked, argument = ""] = location.hash.replace(/^#\/?/, "").split("/");
  const known = Object.hasOwn(VIEWS, asked) ? asked : "home";
  if (session() && known === "refund") return { view: argument ? known : "home", argument };
  if (session()) return { view: known === "sign-in" ? "home" : known, argument: "" };
  if (known === "mailbox" && argument) return { view: known, argument };
  return { view: "sign-in", argument: "" };
}

async function open() {
  memory = {};
  if (route().view !== "sign-in") notice = null;
  await draw();
  window.scrollTo(0, 0);
  place.scrollTop = 0;
  place.querySelector("[data-role=heading]").focus({ preventScroll: true });
}

async function draw({ keeping = false } = {}) {
  const mine = (turn += 1);
  const { view, argument } = route();
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  markView(view);
  place.setAttribute("aria-busy", "true");
  const parts = await VIEWS[view]({ argument, memory, notice, redraw: redrawAndFocus, refresh: redraw }).catch(broken);
  if (mine !== turn) return;
  place.removeAttribute("aria-busy");
  const shown = parts.filter(Boolean);
  if (keeping && place.dataset.view === view) drawAgain(place, shown);
  else place.replaceChildren(...shown);
  place.dataset.view = view;
  document.title = `${place.querySelector("h1").textContent} · ${say("app.name")}`;
}

function redraw() {
  return draw({ keeping: true });
}

async function redrawAndFocus() {
  await draw();
  place.querySelector("[data-role=heading]").focus();
  place.querySelector("[data-role=result]")?.scrollIntoView({ block: "nearest" });
}

function follow(reason) {
  notice = reason ?? null;
  // Whatever is being fetched is for someone else.
  turn += 1;
  const hash = session() ? "#/home" : "#/sign-in";
  if (location.hash === hash) open();
  else location.hash = hash;
}

function openAgain(event) {
  const link = event.target.closest?.("a[href^='#']");
  if (link && link.hash === location.hash) open();
}

function broken(error) {
  const again = button({ class: "plain-button", press: () => draw() }, say("app.again"));
  return [heading(say("app.broken")), problemOutcome(error, { actions: [again] })];
}

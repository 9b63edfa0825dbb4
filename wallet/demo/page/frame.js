import { button, element, icon } from "./elements.js";
import { onLanguage, otherLanguage, say, setLanguage } from "./language.js";
import { endSession, onSession, session } from "./session.js";

const TABS = ["home", "pay", "topup", "limits", "cards", "mailbox"];

const bar = document.querySelector("[data-role=bar]");
const tabs = document.querySelector("[data-role=tabs]");
let view = "home";

/** What stays around the views: name, language, sign-out, and the way from one view to another. */
export function startFrame() {
  const draw = () => {
    drawBar();
    drawTabs();
  };
  onLanguage(draw);
  onSession(draw);
  draw();
}

/** Mark the view that is shown. */
export function markView(name) {
  view = name;
  drawBar();
  drawTabs();
}

function drawBar() {
  const focused = bar.contains(document.activeElement) && document.activeElement.dataset.role;
  bar.replaceChildren(
    element("a", { class: "brand", href: "#/home" }, logo(), say("app.name")),
    languageButton(),
    ...(session() ? [securityLink(), signOutButton()] : []),
  );
  if (focused) bar.querySelector(`[data-role=${focused}]`)?.focus();
}

function logo() {
  return element("img", { src: "/demo/icon.svg", alt: "", width: "28", height: "28" });
}

function languageButton() {
  const other = otherLanguage();
  return button({ role: "language", lang: other, press: () => setLanguage(other) }, say("app.other_language"));
}

function securityLink() {
  const current = view === "security" ? "page" : null;
  const data = { role: "nav", view: "security" };
  const attributes = { class: "tool", href: "#/security", title: say("security.tab"), "aria-current": current, data };
  return element("a", attributes, icon("security"), spoken("security.tab"));
}

function signOutButton() {
  const attributes = { class: "tool", role: "sign-out", title: say("app.sign_out") };
  return button({ ...attributes, press: () => endSession("left") }, icon("leave"), spoken("app.sign_out"));
}

function spoken(path) {
  return element("span", { class: "spoken" }, say(path));
}

function drawTabs() {
  tabs.hidden = !session();
  tabs.setAttribute("aria-label", say("app.views"));
  tabs.replaceChildren(...TABS.map(tab));
}

function tab(name) {
  const current = name === view ? "page" : null;
  const attributes = { href: `#/${name}`, "aria-current": current, data: { role: "nav", view: name } };
  return element("a", attributes, icon(name), say(`${name}.tab`));
}

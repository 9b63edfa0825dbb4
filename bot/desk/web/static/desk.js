// What every page of the desk needs from the browser; each page works without it, but for what is live.

import { forgetDrafts } from "./desk-kept.js";
import { startLeaving } from "./desk-leaving.js";
import { startHoldingBack } from "./desk-press.js";

const notice = document.getElementById("notice");

startHoldingBack();
startLeaving();

function tell(words) {
  const line = document.createElement("p");
  line.className = "notice";
  line.setAttribute("role", "alert");
  line.dataset.role = "notice-words";
  line.textContent = words;
  notice.replaceChildren(line);
}

// What was said of the last attempt says nothing of this one. Parts that only show themselves anew attempt nothing.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") notice.replaceChildren();
});
document.addEventListener("htmx:sendError", () => tell(notice.dataset.away));
document.addEventListener("htmx:timeout", () => tell(notice.dataset.away));

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const copying = event.target.closest("[data-copy]");
  if (copying) {
    navigator.clipboard.writeText(copying.dataset.copy).then(() => (copying.textContent = copying.dataset.copied));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// What cannot be taken back is asked about first; the button that goes on bears the words of the one that was pressed.
const question = document.getElementById("sure");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.ask || form.dataset.sure) return;
  event.preventDefault();
  question.querySelector("[data-words]").textContent = form.dataset.ask;
  question.querySelector("[value=yes]").textContent = event.submitter.textContent;
  question.returnValue = "";
  question.onclose = () => {
    if (question.returnValue !== "yes") return;
    form.dataset.sure = "yes";
    form.requestSubmit();
  };
  question.showModal();
});

document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") forgetDrafts();
});
if (document.body.dataset.page === "sign-in") forgetDrafts();

// A form that is one choice is sent when it is made; its button is for browsers without this script.
for (const form of document.querySelectorAll("form[data-sends-itself]")) {
  form.classList.add("sends-itself");
  form.addEventListener("change", () => form.requestSubmit());
}

// Whoever reads the audit is still at the desk. Pages about conversations listen for themselves.
if (document.querySelector("[data-role=presence]") && !document.querySelector("[data-live]")) {
  const { startLive } = await import("/static/desk-live.js");
  startLive("/live");
}

// The row of actions: questions that open in place, the details on a narrow screen, and news for this agent.

const head = () => document.getElementById("talk-head");

function close(question, isAnswered) {
  question.open = false;
  if (!isAnswered) question.querySelector("summary").focus();
}

export function startActions(page) {
  let isStale = false;
  let isHistoryOpen = false;

  // What is being answered must not be swapped away under one's hands; it is fetched again when it is closed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const history = event.detail.target.querySelector?.("[data-role=history]");
    if (history) isHistoryOpen = history.open;
    const isBusy = event.detail.target === head() && head().querySelector("details[open]");
    if (isBusy) {
      event.detail.shouldSwap = false;
      isStale = true;
    }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.sure") && !event.target.open && isStale) {
      isStale = false;
      document.body.dispatchEvent(new CustomEvent("desk:handoff"));
    }
  }, true);

  document.addEventListener("click", (event) => {
    const closing = event.target.closest("[data-close]");
    for (const question of document.querySelectorAll("details.sure[open]")) {
      if (closing && question.contains(closing)) close(question);
      else if (!question.contains(event.target)) question.open = false;
    }
    if (event.target.closest("[data-role=details-open]")) showDetails(page.dataset.view !== "details");
    if (event.target.closest("[data-role=details-close]")) showDetails(false);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const question = event.detail.elt.closest?.("details.sure");
    if (question && event.detail.successful) close(question, true);
    if (event.detail.successful && event.detail.elt.matches?.("[data-empties]")) event.detail.elt.reset();
  });

  // The composer is shown anew only when another may write: else it would be taken away in the middle of a word.
  document.addEventListener("htmx:afterSettle", (event) => {
    const history = event.detail.target.querySelector?.("[data-role=history]");
    if (history && isHistoryOpen) history.open = true;
    if (event.detail.target !== head()) return;
    const seat = head().querySelector("[data-seat]").dataset.seat;
    const shown = document.querySelector("#talk-foot [data-seat]").dataset.seat;
    if (seat !== shown) document.body.dispatchEvent(new CustomEvent("desk:foot"));
  });

  document.body.addEventListener("desk:told", (event) => {
    const words = document.querySelector("[data-told]");
    if (!words) return;
    const name = `told${event.detail.text_name.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase())}`;
    const line = document.createElement("p");
    const text = (words.dataset[name] ?? words.dataset.toldOther).replace("{number}", event.detail.number);
    line.className = "notice";
    line.dataset.role = "told";
    line.textContent = text.replace("{agent}", event.detail.agent ?? "");
    document.getElementById("notice").replaceChildren(line);
  });

  function showDetails(isShown) {
    page.dataset.view = isShown ? "details" : "talk";
    for (const button of document.querySelectorAll("[data-role=details-open]")) {
      button.setAttribute("aria-expanded", String(isShown));
    }
    document.querySelector(`[data-role=details-${isShown ? "close" : "open"}]`)?.focus();
  }

  document.body.addEventListener("desk:details", () => showDetails(page.dataset.view !== "details"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const question = document.querySelector("details.sure[open]");
    if (question) close(question);
    else if (page.dataset.view === "details") showDetails(false);
  });
}

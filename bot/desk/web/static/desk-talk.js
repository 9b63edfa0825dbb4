// The transcript: new lines are added as they come, and the place where one reads stays where it is.

import { keptFor } from "./desk-kept.js";
import { elements, request } from "./desk-request.js";

const NEAR_THE_END_PX = 80;
// The user's app says every few seconds that he goes on; a last word that was lost must not stand for ever.
const TYPING_LASTS_MS = 10000;

export function startTalk(page) {
  const kept = keptFor(page.dataset.agent);
  const log = page.querySelector("[data-role=log]");
  const lines = page.querySelector("[data-role=lines]");
  const letters = page.querySelector("[data-role=letters]");
  const typing = page.querySelector("[data-role=typing]");
  const toEnd = page.querySelector("[data-role=to-end]");
  let last = Math.max(0, ...[...lines.children].map((line) => Number(line.dataset.seq)));
  let fetching = null;
  let isStale = false;
  let typingEnds = 0;

  const isNearTheEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END_PX;

  function scrollToEnd() {
    log.scrollTop = log.scrollHeight;
    toEnd.hidden = true;
  }

  function showTyping(isOn) {
    clearTimeout(typingEnds);
    typing.hidden = !isOn;
    if (isOn) typingEnds = setTimeout(() => showTyping(false), TYPING_LASTS_MS);
  }

  // A line that has arrived is in the transcript; until the desk knows, it is among the letters too.
  function hideArrived() {
    for (const letter of letters.querySelectorAll("[data-letter]")) {
      letter.hidden = lines.querySelector(`[data-letter="${letter.dataset.letter}"]`) !== null;
    }
  }

  function markSeen() {
    if (!document.hidden) kept.set(`seen:${page.dataset.number}`, last);
  }

  function add(html) {
    const added = elements(html).filter((line) => Number(line.dataset.seq) > last);
    if (!added.length) return;
    const stays = !isNearTheEnd();
    lines.append(...added);
    last = Number(added.at(-1).dataset.seq);
    page.querySelector("[data-role=no-lines]")?.remove();
    if (added.some((line) => line.dataset.author === "user")) showTyping(false);
    if (stays) toEnd.hidden = false;
    else scrollToEnd();
  }

  async function fetchAll() {
    do {
      isStale = false;
      add(await request(`/handoffs/${page.dataset.number}/lines?after=${last}`));
    } while (isStale);
  }

  // One at a time: what is asked for meanwhile is fetched by the one under way.
  function refresh() {
    isStale = true;
    fetching ??= fetchAll()
      .catch(() => {}) // The stream opens anew when the desk is back, and then everything is fetched again.
      .finally(() => {
        fetching = null;
        hideArrived();
        markSeen();
      });
    return fetching;
  }

  document.body.addEventListener("desk:stored", refresh);
  document.body.addEventListener("desk:handoff", refresh);
  document.body.addEventListener("desk:typing", (event) => showTyping(event.detail.on));
  document.addEventListener("visibilitychange", markSeen);
  letters.addEventListener("htmx:afterSettle", hideArrived);
  log.addEventListener("scroll", () => { if (isNearTheEnd()) toEnd.hidden = true; });
  toEnd.addEventListener("click", scrollToEnd);
  hideArrived();
  scrollToEnd();
  markSeen();
  return { scrollToEnd, hideArrived, showLetters(html) { letters.replaceChildren(...elements(html)); hideArrived(); } };
}

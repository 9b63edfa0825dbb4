// The stream of news: each becomes an event "desk:<name>" on the body, by which parts of the page fetch themselves anew.

import { leaving } from "./desk-leaving.js";

const NAMES = ["queue", "handoff", "said", "stored", "typing", "told"];
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
// News that come together are told once.
const GATHERING_MS = 60;

const gathering = new Map();

function tell(name, detail) {
  if (leaving.aborted) return;
  document.body.dispatchEvent(new CustomEvent(`desk:${name}`, { detail }));
}

function gather(name) {
  if (gathering.has(name)) return;
  gathering.set(name, setTimeout(() => { gathering.delete(name); tell(name, {}); }, GATHERING_MS));
}

export function startLive(address) {
  let wait = SHORTEST_WAIT_MS;
  let source = null;

  function connect() {
    if (leaving.aborted) return;
    source = new EventSource(address);
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        const detail = JSON.parse(event.data);
        if (Object.keys(detail).length) tell(name, detail);
        else gather(name);
      });
    }
    source.addEventListener("open", () => {
      wait = SHORTEST_WAIT_MS;
      document.documentElement.dataset.live = "open";
    });
    source.addEventListener("error", () => {
      document.documentElement.dataset.live = "lost";
      if (source.readyState !== EventSource.CLOSED) return;
      // The browser gives up for good after an answer that is no stream. Whoever was signed out is led to the
      // sign-in by what the queue answers.
      gather("queue");
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  }

  connect();
  leaving.addEventListener("abort", () => source.close());
}

// Starts what the agents' pages need: each module looks for its own parts and does nothing where there are none.

import { startLive } from "./desk-live.js";
import { startTicking } from "./desk-ticking.js";
import { startQueue } from "./desk-queue.js";
import { startTalk } from "./desk-talk.js";
import { startComposer } from "./desk-composer.js";
import { startCanned } from "./desk-canned.js";
import { startActions } from "./desk-actions.js";
import { startKeys } from "./desk-keys.js";
import { startHiding } from "./desk-reveal.js";

const page = document.querySelector("[data-live]");

startTicking();
startActions(page);
startQueue(page);
startKeys(page);
if (page.dataset.number) {
  const talk = startTalk(page);
  startComposer(page, talk);
  startCanned(page);
  startHiding();
}
startLive(page.dataset.live);

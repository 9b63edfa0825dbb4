import { wallet } from "../api.js";
import { forgetDevice } from "../device.js";
import { button, element } from "../elements.js";
import { say } from "../language.js";
import { announceOutcome, doneOutcome, problemOutcome } from "../outcome.js";
import { endSession } from "../session.js";
import { showMoment } from "../times.js";

/** Where the user has signed in, each place to be signed out. */
export function devices(known, memory, redraw) {
  const slot = element("div", { class: "outcome-slot" }, memory.outcome?.());
  const lines = known.map((device) => line(device, { memory, slot, redraw }));
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, say("devices.title")),
    element("p", { class: "hint" }, say("devices.explanation")),
    slot,
    element("ul", { class: "devices" }, lines),
  );
}

function line(device, shown) {
  const { id, name, current, last_seen_at: seen, trusted_until: trusted } = device;
  const facts = [
    say("devices.seen", { time: showMoment(seen) }),
    trusted && say("devices.trusted", { time: showMoment(trusted) }),
  ].filter(Boolean);
  const end = say(current ? "devices.end_current" : "devices.end");
  const words = [end, element("span", { class: "spoken" }, ` ${name}`)];
  const press = () => endDevice(device, shown);
  return element(
    "li",
    { data: { role: "device", id, current: String(current) } },
    element("p", { class: "title" }, name, current && element("span", { class: "state" }, say("devices.current"))),
    facts.map((fact) => element("p", { class: "hint" }, fact)),
    button({ class: "plain-button", role: "end-device", press }, ...words),
  );
}

async function endDevice({ id, name, current }, { memory, slot, redraw }) {
  try {
    await wallet.endDevice(id);
  } catch (error) {
    slot.replaceChildren(announceOutcome(problemOutcome(error)));
    return;
  }
  if (current) {
    forgetDevice();
    endSession("left");
    return;
  }
  memory.outcome = () => doneOutcome(say("devices.ended", { name }));
  await redraw();
}

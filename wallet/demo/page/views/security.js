import { wallet } from "../api.js";
import { element, heading } from "../elements.js";
import { say } from "../language.js";
import { devices } from "../security/devices.js";
import { freezing } from "../security/freezing.js";
import { twoFactor } from "../security/two_factor.js";

/** What protects the account: who its owner is, the second step, the devices, and the way to stop everything. */
export async function security({ memory, redraw }) {
  const [me, known] = await Promise.all([wallet.me(), wallet.devices()]);
  return [
    heading(say("security.title")),
    proof(me),
    twoFactor(me, (memory.twoFactor ??= {}), redraw),
    devices(known, (memory.devices ??= {}), redraw),
    freezing(me, (memory.freezing ??= {}), redraw),
  ];
}

function proof({ identity_level: level }) {
  const state = element("span", { class: "state" }, say("identity.level", { level }));
  const way = { class: "plain-button", href: "#/identity", data: { role: "raise-level" } };
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, say("identity.title"), " ", state),
    element("p", { class: "hint" }, say("identity.explanation")),
    element("a", way, say("remedies.identity")),
  );
}

import { wallet } from "../api.js";
import { heading } from "../elements.js";
import { say } from "../language.js";
import { devices } from "../security/devices.js";
import { freezing } from "../security/freezing.js";
import { twoFactor } from "../security/two_factor.js";

/** What protects the account: the second step of signing in, the devices, and the way to stop everything. */
export async function security({ memory, redraw }) {
  const [me, known] = await Promise.all([wallet.me(), wallet.devices()]);
  return [
    heading(say("security.title")),
    twoFactor(me, (memory.twoFactor ??= {}), redraw),
    devices(known, (memory.devices ??= {}), redraw),
    freezing(me, (memory.freezing ??= {}), redraw),
  ];
}

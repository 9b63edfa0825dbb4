import { wallet } from "../api.js";
import { backHome, element, heading } from "../elements.js";
import { say } from "../language.js";
import { answers } from "../operator/answers.js";
import { incidents } from "../operator/incidents.js";
import { refundDecisions } from "../operator/refund_decisions.js";

/** Behind the scenes of the demo: what bank, merchants and operators do, which no user could. */
export async function operator({ memory, refresh }) {
  const [payments, topups, withdrawals, refunds, open, channels] = await Promise.all([
    wallet.payments(),
    wallet.topups(),
    wallet.withdrawals(),
    wallet.refunds(),
    wallet.incidents(),
    wallet.channels(),
  ]);
  const movements = [
    ...payments.map((payment) => ({ ...payment, kind: "payment" })),
    ...topups.map((topup) => ({ ...topup, kind: "topup" })),
    ...withdrawals,
  ];
  return [
    backHome(),
    heading(say("operator.title")),
    element("p", { class: "hint" }, say("operator.explanation")),
    answers(movements, channels, refresh),
    refundDecisions(refunds, refresh),
    incidents(open, channels, { memory: (memory.incidents ??= {}), refresh }),
  ];
}

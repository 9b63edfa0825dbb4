import { wallet } from "../api.js";
import { element } from "../elements.js";
import { selectField } from "../fields.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { deed } from "./deed.js";

const REJECTIONS = ["already_delivered", "used", "too_late", "not_refundable", "other"];

/** The merchants answer what was asked back. */
export function refundDecisions(refunds, refresh) {
  const asked = refunds.filter(({ status }) => status === "requested");
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, say("operator.refunds")),
    asked.length === 0 && element("p", { class: "hint" }, say("operator.no_refunds")),
    element("ul", { class: "rows" }, asked.map((refund) => line(refund, refresh))),
  );
}

function line({ id, merchant, amount, reason }, refresh) {
  const options = REJECTIONS.map((why) => [why, say(`refund.rejections.${why}`)]);
  const why = selectField({ name: "rejection", label: say("operator.rejection"), options });
  const answer = (role, words, rejection) =>
    deed({ role, words, work: () => wallet.decideRefund(id, rejection()), refresh });
  return element(
    "li",
    { data: { role: "asked-refund", id } },
    element("p", { class: "title" }, `${merchant} · ${showAmount(amount)}`),
    element("p", { class: "hint" }, say(`refund.reasons.${reason}`)),
    why.node,
    element(
      "div",
      { class: "actions" },
      answer("grant-refund", say("operator.grant"), () => null),
      answer("reject-refund", say("operator.reject"), () => why.control.value),
    ),
  );
}

import { activityList, fetchActivity } from "../activity.js";
import { wallet } from "../api.js";
import { element, heading, icon } from "../elements.js";
import { say } from "../language.js";
import { showAmount } from "../money.js";
import { helpButton } from "../outcome.js";

const ACTIONS = ["pay", "topup", "transfer", "withdraw"];

/** Balance, account state, and what has happened lately. */
export async function home({ memory, refresh }) {
  const [me, movements, channels] = await Promise.all([wallet.me(), fetchActivity(), wallet.channels()]);
  return [
    heading(say("home.greeting", { name: me.display_name })),
    balance(me),
    me.status === "active" ? null : warning(me.status),
    element("h2", {}, say("activity.heading")),
    activityList(movements, { channels, memory, refresh }),
  ];
}

function balance(me) {
  const figure = { class: "figure", data: { role: "balance", minor: String(me.balance.minor) } };
  const way = (view) => ({ href: `#/${view}`, data: { role: "quick", view } });
  const action = (view) => element("a", way(view), icon(view), say(`${view}.action`));
  return element(
    "section",
    { class: "balance" },
    element("p", { class: "label" }, say("home.balance"), accountState(me.status)),
    element("p", figure, showAmount(me.balance)),
    element("p", { class: "owner" }, say("home.account", { login: me.user_id, level: me.identity_level })),
    element("div", { class: "quick" }, ACTIONS.map(action)),
  );
}

function accountState(status) {
  return element("span", { class: "state", data: { role: "account-state", status } }, say(`home.states.${status}`));
}

function warning(status) {
  return element(
    "section",
    { class: "warning", data: { role: "account-warning", status } },
    element("p", {}, say(`home.warnings.${status}`)),
    helpButton("login_failure"),
  );
}

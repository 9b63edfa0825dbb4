import { channelName } from "../activity.js";
import { wallet } from "../api.js";
import { element } from "../elements.js";
import { selectField, textField } from "../fields.js";
import { form } from "../form.js";
import { either, list, say } from "../language.js";
import { doneOutcome, problemOutcome } from "../outcome.js";
import { showMoment } from "../times.js";
import { deed } from "./deed.js";

const MINUTE_MILLISECONDS = 60 * 1000;
const BEGINS = ["0", "5", "60", "1440"];
const LASTS = ["30", "120", "1440"];

/** Channels out of order, now or later: what is planned, and a form to plan more. */
export function incidents(open, channels, { memory, refresh }) {
  return element(
    "section",
    { class: "panel" },
    element("h2", {}, say("operator.incidents")),
    open.length === 0 && element("p", { class: "hint" }, say("operator.no_incidents")),
    element("ul", { class: "rows" }, open.map((incident) => line(incident, channels, refresh))),
    planning(channels, memory, refresh),
  );
}

function line(incident, channels, refresh) {
  const { id, channel, what, since, expected_end: until } = incident;
  const state = new Date(since) > new Date() ? "planned" : "open";
  const from = showMoment(since);
  const times = until ? say("operator.from_until", { from, until: showMoment(until) }) : say("operator.from", { from });
  const end = { role: "end-incident", words: say("operator.end_incident"), work: () => wallet.endIncident(id) };
  const where = channel ? channelName(channel, channels) : say("operator.everything");
  const badge = element("span", { class: "state", data: { state } }, say(`operator.states.${state}`));
  return element(
    "li",
    { data: { role: "incident", id, state } },
    element("p", { class: "title" }, where, badge),
    element("p", { class: "hint" }, `${either(what)} · ${times}`),
    element("div", { class: "actions" }, deed({ ...end, refresh })),
  );
}

function planning(channels, memory, refresh) {
  const [zh, en] = list("operator.examples");
  const ways = channels.map(({ code, name }) => [code, either(name)]);
  const spans = (name, minutes) => minutes.map((one) => [one, say(`operator.${name}.${one}`)]);
  const fields = [
    selectField({ name: "channel", label: say("topup.channel"), options: ways }),
    textField({ name: "zh", label: say("operator.zh"), value: zh, maxlength: "200" }),
    textField({ name: "en", label: say("operator.en"), value: en, maxlength: "200" }),
    selectField({ name: "begins", label: say("operator.begin"), options: spans("begins", BEGINS) }),
    selectField({ name: "lasts", label: say("operator.last"), options: spans("lasts", LASTS) }),
  ];
  const { form: made, slot } = form({
    role: "incident-form",
    fields,
    submit: say("operator.plan"),
    memory,
    send: (values) => plan(values, refresh),
  });
  const summary = element("summary", {}, say("operator.plan_summary"));
  return element("details", { open: Boolean(memory.outcome) }, summary, slot, made);
}

async function plan({ channel, zh, en, begins, lasts }, refresh) {
  const later = (minutes) => new Date(Date.now() + minutes * MINUTE_MILLISECONDS).toISOString();
  const since = begins === "0" ? null : later(Number(begins));
  try {
    await wallet.planIncident({ channel, zh, en, since, expected_end: later(Number(begins) + Number(lasts)) });
    setTimeout(refresh);
    return () => doneOutcome(say("operator.is_planned"));
  } catch (error) {
    return () => problemOutcome(error);
  }
}

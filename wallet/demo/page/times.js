import { locale, say } from "./language.js";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

const timeZone = document.documentElement.dataset.timeZone;

/** A moment in the wallet's zone, with the day's name if it is today or tomorrow. */
export function showMoment(iso) {
  const moment = new Date(iso);
  const time = format(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = [0, 1].find((later) => dayOf(moment) === dayOf(new Date(Date.now() + later * DAY_MILLISECONDS)));
  if (day !== undefined) return say(["times.today", "times.tomorrow"][day], { time });
  return say("times.other", { day: format(moment, { month: "short", day: "numeric" }), time });
}

/** A moment marked up as one. */
export function timeElement(iso) {
  const marked = document.createElement("time");
  marked.dateTime = iso;
  marked.textContent = showMoment(iso);
  return marked;
}

/** The last day of a card as it is printed on it: 10/31. */
export function showExpiry(day) {
  return `${day.slice(5, 7)}/${day.slice(2, 4)}`;
}

/** The month a typed 10/31 means, as the wallet takes it: 2031-10. Null when it is none. */
export function parseExpiry(typed) {
  const parts = /^(0[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d{2})$/.exec(typed.normalize("NFKC").trim());
  return parts && `20${parts[2]}-${parts[1]}`;
}

function dayOf(moment) {
  return format(moment, { year: "numeric", month: "2-digit", day: "2-digit" });
}

function format(moment, options) {
  return new Intl.DateTimeFormat(locale(), { timeZone, ...options }).format(moment);
}

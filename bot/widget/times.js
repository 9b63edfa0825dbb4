const LOCALES = { zh: "zh-CN", en: "en-GB" };
const DAY_MS = 24 * 3600_000;

/** Hours and minutes. */
export function clock(at, language) {
  return at.toLocaleTimeString(LOCALES[language], { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** Day and time in full. */
export function moment(at, language) {
  return at.toLocaleString(LOCALES[language], { dateStyle: "long", timeStyle: "short", hour12: false });
}

/** From the least to the most of minutes. */
export function minutes([least, most], language) {
  const format = new Intl.NumberFormat(LOCALES[language], { style: "unit", unit: "minute", unitDisplay: "long" });
  return least < most ? format.formatRange(least, most) : format.format(most);
}

/** A day as people name it. */
export function dayName(at, language, texts) {
  const days = Math.round((startOfDay(new Date()) - startOfDay(at)) / DAY_MS);
  if (days === 0) return texts.today;
  if (days === 1) return texts.yesterday;
  return at.toLocaleDateString(LOCALES[language], { dateStyle: "full" });
}

/** A day for the name of a file. */
export function dayStamp(at) {
  return at.toLocaleDateString("sv");
}

function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

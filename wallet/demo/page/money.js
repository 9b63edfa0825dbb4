import { locale } from "./language.js";

export const CURRENCY = "CNY";
const DECIMALS = 2;
const WHOLE_DIGITS = 9;
const GROUPED = /^(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$/;

/** Read a typed amount without ever making a fraction of it: {amount} or {problem}. */
export function parseAmount(typed) {
  // Chinese keyboards may type full-width digits.
  const text = typed.normalize("NFKC").trim();
  if (text === "") return { problem: "missing" };
  if (!GROUPED.test(text) || text.endsWith(".")) return { problem: "format" };
  const [whole, decimals = ""] = text.replaceAll(",", "").split(".");
  if (decimals.length > DECIMALS) return { problem: "decimals" };
  if (whole.replace(/^0+/, "").length > WHOLE_DIGITS) return { problem: "large" };
  const minor = Number(whole + decimals.padEnd(DECIMALS, "0"));
  return minor === 0 ? { problem: "zero" } : { amount: { minor, currency: CURRENCY } };
}

/** An amount as it would be typed. */
export function typedAmount({ minor }) {
  const digits = String(minor).padStart(DECIMALS + 1, "0");
  const [whole, decimals] = [digits.slice(0, -DECIMALS), digits.slice(-DECIMALS)];
  return Number(decimals) === 0 ? whole : `${whole}.${decimals}`;
}

/** An amount as the reader's language writes it. */
export function showAmount({ minor, currency }) {
  return new Intl.NumberFormat(locale(), { style: "currency", currency }).format(minor / 10 ** DECIMALS);
}

import { wallet } from "./api.js";
import { element } from "./elements.js";
import { either, say } from "./language.js";
import { parseAmount, showAmount } from "./money.js";
import { showMoment } from "./times.js";

const PAUSE_MILLISECONDS = 300;

/** What the amount that is being typed would cost, under its field; asked of the wallet when the typing pauses. */
export function feeQuote(kind, channel, amount) {
  const place = element("p", { class: "hint", "aria-live": "polite", data: { role: "fee-quote" } });
  let timer = null;
  let turn = 0;

  async function ask() {
    const mine = (turn += 1);
    const { amount: typed } = parseAmount(amount.control.value);
    // Without an answer there is no line: the fee is told again with what comes of the form.
    const quote = typed ? await wallet.quoteFee(kind, channel, typed).catch(() => null) : null;
    if (mine !== turn) return;
    place.textContent = quote ? describe(quote) : "";
    place.dataset.minor = quote ? String(quote.fee.minor) : "";
  }

  amount.control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MILLISECONDS);
  });
  setTimeout(ask);
  return place;
}

function describe({ amount, fee, free_quota: quota, free_remaining: left, resets_at: reset, condition }) {
  const whole = { minor: amount.minor + fee.minor, currency: amount.currency };
  const cost = fee.minor === 0 ? say("fee.none") : say("fee.some", { fee: showAmount(fee), whole: showAmount(whole) });
  const free = quota && say("fee.left", { left: showAmount(left), time: showMoment(reset) });
  return [cost, free, condition && either(condition)].filter(Boolean).join(" ");
}

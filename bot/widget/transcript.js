import { fill, make } from "./dom.js";
import { nameOf } from "./messages.js";
import { dayStamp, moment } from "./times.js";

/** Give the user a conversation as a text file. */
export function download(messages, { texts, language, heading }) {
  const title = fill(texts.transcriptTitle, { heading, moment: moment(new Date(), language) });
  const lines = messages.map((message) => {
    return `[${moment(new Date(message.sent_at), language)}] ${nameOf(message, texts)}:\n${message.text}\n`;
  });
  // Some editors know UTF-8 only by this mark.
  const file = new Blob(["\ufeff", [title, "", ...lines].join("\n")], { type: "text/plain;charset=utf-8" });
  const href = URL.createObjectURL(file);
  make("a", { href, download: fill(texts.transcriptFile, { day: dayStamp(new Date()) }) }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

import { fill, make } from "./dom.js";
import { dayStamp, moment } from "./times.js";

/** The conversation as plain text. */
export function transcriptOf(messages, { texts, language, heading }) {
  const title = fill(texts.transcriptTitle, { heading, moment: moment(new Date(), language) });
  const lines = messages.map(({ author, text, sent_at: at }) => {
    return `[${moment(new Date(at), language)}] ${texts.authors[author]}:\n${text}\n`;
  });
  return [title, "", ...lines].join("\n");
}

/** Give the user a text as a file. */
export function download(text, name) {
  // Some editors take a text for UTF-8 only by its byte order mark.
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The name of the file of today. */
export function transcriptName(texts) {
  return fill(texts.transcriptFile, { day: dayStamp(new Date()) });
}

// Requests that htmx does not make: with the same headers, so that the desk answers them alike.

import { leaving } from "./desk-leaving.js";

export class Refusal extends Error {
  constructor(status, html) {
    super(`refused with ${status}`);
    this.status = status;
    this.html = html;
    // Later it may go: the desk is busy, restarting, or waits for its database.
    this.isPassing = status >= 500 || status === 408 || status === 429;
  }
}

function headers() {
  return { "HX-Request": "true", "HX-Current-URL": location.href, ...JSON.parse(document.body.getAttribute("hx-headers")) };
}

// What was answered, as text. Throws a Refusal for a status that is none of success, TypeError where nobody answers.
export async function request(address, fields) {
  const body = fields && new URLSearchParams(fields);
  const answer = await fetch(address, { method: body ? "POST" : "GET", headers: headers(), body, signal: leaving });
  const elsewhere = answer.headers.get("HX-Redirect");
  if (elsewhere) location.assign(elsewhere);
  const html = await answer.text();
  if (!answer.ok) throw new Refusal(answer.status, html);
  return html;
}

export function elements(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

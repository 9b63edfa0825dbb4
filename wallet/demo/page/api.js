import { endSession, session } from "./session.js";

const MOST = 100;

/** The wallet said no: its code, details, and how long to wait if it said so. */
export class Refusal extends Error {
  constructor({ code, details = {}, request_id: requestId }, retryAfter) {
    super(code);
    Object.assign(this, { code, details, requestId, retryAfter });
  }
}

/** No answer came; what was asked for may have happened or not. */
export class Unreachable extends Error {}

/** The wallet's own HTTP, as its app uses it. */
export const wallet = {
  signIn: (body) => call("POST", "/v1/sessions", { body }),
  passSecondStep: (challenge, code, remember) =>
    call("POST", "/v1/sessions/second-factor", { body: { challenge, code, remember_device: remember } }),
  askForReset: (login) => call("POST", "/v1/password-resets", { body: { login } }),
  me: () => call("GET", "/v1/me"),
  supportToken: () => call("POST", "/v1/support-tokens", { body: {} }),
  pay: (body, key) => call("POST", "/v1/payments", { body, key }),
  payments: () => items(`/v1/payments?limit=${MOST}`),
  askAboutPayment: (id) => call("POST", `/v1/payments/${id}/query`, { body: {} }),
  topUp: (body, key) => call("POST", "/v1/topups", { body, key }),
  topups: () => items(`/v1/topups?limit=${MOST}`),
  askAboutTopup: (id) => call("POST", `/v1/topups/${id}/query`, { body: {} }),
  transfer: (body, key) => call("POST", "/v1/transfers", { body, key }),
  transfers: () => items(`/v1/transfers?limit=${MOST}`),
  withdraw: (body, key) => call("POST", "/v1/withdrawals", { body, key }),
  withdrawals: () => items(`/v1/withdrawals?limit=${MOST}`),
  askAboutWithdrawal: (id) => call("POST", `/v1/withdrawals/${id}/query`, { body: {} }),
  quoteFee: (kind, channel, { minor, currency }) =>
    call("GET", `/v1/fees/quote?${new URLSearchParams({ kind, channel, amount_minor: minor, currency })}`),
  payment: (id) => call("GET", `/v1/payments/${encodeURIComponent(id)}`),
  refunds: () => items(`/v1/refunds?limit=${MOST}`),
  askRefund: (id, body, key) => call("POST", `/v1/payments/${encodeURIComponent(id)}/refunds`, { body, key }),
  channels: () => items("/v1/topup-channels"),
  limits: () => call("GET", "/v1/limits"),
  setLimits: (body) => call("PUT", "/v1/limits", { body }),
  cards: () => items("/v1/cards"),
  addCard: (body) => call("POST", "/v1/cards", { body }),
  updateCard: (id, expires) => call("PATCH", `/v1/cards/${id}`, { body: { expires } }),
  beginTwoFactor: (password) => call("POST", "/v1/two-factor", { body: { password } }),
  confirmTwoFactor: (code) => call("PUT", "/v1/two-factor", { body: { code } }),
  endTwoFactor: (password, code) => call("DELETE", "/v1/two-factor", { body: { password, code } }),
  devices: () => items("/v1/devices"),
  endDevice: (id) => call("DELETE", `/v1/devices/${id}`),
  freezeMe: (reason) => call("POST", "/v1/me/freeze", { body: { reason } }),
  removeCard: (id) => call("DELETE", `/v1/cards/${id}`),
  raiseIdentity: (body) => call("POST", "/v1/identity", { body }),
  mails: (userId) => items(`/v1/dev/outbox?user_id=${encodeURIComponent(userId)}`),
  demoUsers: () => call("GET", "/v1/dev/demo-users"),
  makeDemoUser: (scenario) => call("POST", "/v1/dev/demo-users", { body: { scenario } }),
  makePapers: (userId) => call("POST", "/v1/dev/papers", { body: { user_id: userId } }),
  announceResult: (id, code) => call("POST", "/v1/dev/issuer-results", { body: { order_id: id, code } }),
  decideRefund: (id, rejection) => call("POST", "/v1/dev/refund-decisions", { body: { refund_id: id, rejection } }),
  incidents: () => items("/v1/dev/incidents"),
  planIncident: (body) => call("POST", "/v1/dev/incidents", { body }),
  endIncident: (id) => call("DELETE", `/v1/dev/incidents/${encodeURIComponent(id)}`),
};

async function items(path) {
  return (await call("GET", path)).items;
}

async function call(method, path, { body, key } = {}) {
  const asked = session();
  const response = await send(method, path, body, { key, token: asked?.token });
  const answer = await read(response);
  if (response.ok) return answer;
  if (answer.code === "unauthenticated" && asked === session()) endSession("expired");
  throw new Refusal(answer, Number(response.headers.get("Retry-After")) || null);
}

async function send(method, path, body, { key, token }) {
  const headers = {
    ...(body && { "Content-Type": "application/json" }),
    ...(key && { "Idempotency-Key": key }),
    ...(token && { Authorization: `Bearer ${token}` }),
  };
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    // Something between the page and the wallet has answered in its place.
    throw new Unreachable();
  }
}

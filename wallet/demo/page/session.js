const KEY = "wallet-demo:session";

const listeners = new Set();
let kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");

/** Who is signed in on this tab, {token, userId}, or null. */
export function session() {
  return kept;
}

/** Someone has signed in. */
export function beginSession({ access_token: token, user_id: userId }) {
  kept = { token, userId };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
  listeners.forEach((listener) => listener());
}

/** Nobody is signed in any more; the reason is "left" or "expired", or none if it needs no word. */
export function endSession(reason) {
  if (kept === null) return;
  kept = null;
  sessionStorage.removeItem(KEY);
  listeners.forEach((listener) => listener(reason));
}

/** Be told of a beginning, and of an end with its reason. */
export function onSession(listener) {
  listeners.add(listener);
}

const KEY = "wallet-demo:device";

/** The token by which the wallet knows this browser again and leaves the second step out, or null. */
export function deviceToken() {
  return localStorage.getItem(KEY);
}

/** Keep the token of a session whose user trusts this browser. */
export function keepDevice({ device_token: token }) {
  if (token) localStorage.setItem(KEY, token);
}

/** This browser is to be a stranger again. */
export function forgetDevice() {
  localStorage.removeItem(KEY);
}

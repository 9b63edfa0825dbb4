// A form that ends the sign-in leads to another page. Until that is here, this one asks for nothing: it would be refused
// and led to the door, away from where the form leads.

const controller = new AbortController();

// Aborted once such a form is on its way.
export const leaving = controller.signal;

export function startLeaving() {
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.endsSignIn === undefined || event.defaultPrevented) return;
    controller.abort();
    for (const part of document.querySelectorAll(".htmx-request")) window.htmx.trigger(part, "htmx:abort");
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (leaving.aborted) event.preventDefault(); });
}

// The part that corrects a line: finds an intent by typing, and goes away when it is closed.

function choices(part) {
  return [...part.querySelectorAll("[data-found-by]")];
}

function show(part, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const choice of choices(part)) {
    choice.hidden = !words.every((word) => choice.dataset.foundBy.includes(word));
  }
  for (const group of part.querySelectorAll(".intent-group, .likeliest")) {
    group.hidden = !group.querySelector("[data-found-by]:not([hidden])");
  }
  part.querySelector("[data-none]").hidden = choices(part).some((choice) => !choice.hidden);
}

// What is typed to find an intent changes nothing in the form, so nothing of it is checked.
document.addEventListener(
  "input",
  (event) => {
    if (!event.target.matches("[data-find-intent]")) return;
    show(event.target.closest(".correction"), event.target.value);
    event.stopPropagation();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-find-intent]") || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  const first = choices(event.target.closest(".correction")).find((choice) => !choice.hidden);
  first?.querySelector("input").click();
  first?.querySelector("input").focus();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close-correction]")) return;
  const place = event.target.closest("[id^=correction-]");
  place.replaceChildren();
  opener(place)?.focus();
});

function opener(place) {
  return document.querySelector(`[hx-target="#${place.id}"]`);
}

// Where it opens, the keyboard is; what was chosen among many is in sight.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.target.querySelector?.("[data-role=correction]");
  if (!part || event.detail.target.id !== `correction-${part.dataset.seq}`) return;
  (part.querySelector("[name=intent]:checked, [name=intent], button"))?.focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
});

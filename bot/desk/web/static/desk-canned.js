// Ready-made replies: "/" in an empty answer or the button opens the list; typing finds, arrows choose, Enter takes.

export function startCanned(page) {
  const part = (role) => page.querySelector(`[data-role=${role}]`);
  const options = () => [...page.querySelectorAll("[data-role=canned-reply]")];
  const shown = () => options().filter((option) => !option.hidden);

  function choose(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    part("canned-filter").setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  }

  function find() {
    const wanted = part("canned-filter").value.trim().toLowerCase();
    for (const option of options()) option.hidden = !option.textContent.toLowerCase().includes(wanted);
    part("canned-none").hidden = shown().length > 0;
    choose(shown()[0]);
  }

  function open() {
    part("canned").hidden = false;
    part("canned-open").setAttribute("aria-expanded", "true");
    part("canned-filter").value = "";
    find();
    part("canned-filter").focus();
  }

  function close() {
    if (!part("canned") || part("canned").hidden) return;
    part("canned").hidden = true;
    part("canned-open").setAttribute("aria-expanded", "false");
    part("answer").focus();
  }

  function take(option) {
    close();
    const answer = part("answer");
    answer.setRangeText(option.dataset.text, answer.selectionStart, answer.selectionEnd, "end");
    answer.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function move(by) {
    const list = shown();
    const place = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (list.length) choose(list[(place + by + list.length) % list.length]);
  }

  page.addEventListener("click", (event) => {
    const option = event.target.closest("[data-role=canned-reply]");
    if (option) take(option);
    else if (event.target.closest("[data-role=canned-open]")) part("canned").hidden ? open() : close();
    else if (part("canned") && !event.target.closest("[data-role=canned]")) {
      if (!part("canned").hidden) close();
    }
  });
  page.addEventListener("input", (event) => {
    if (event.target.matches("[data-role=canned-filter]")) find();
  });
  page.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "/" && event.target.matches("[data-role=answer]") && !event.target.value) {
      event.preventDefault();
      open();
      return;
    }
    if (!event.target.matches("[data-role=canned-filter]")) return;
    const done = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Escape: close,
      Enter() {
        const option = shown().find((each) => each.getAttribute("aria-selected") === "true");
        if (option) take(option);
      },
    }[event.key];
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  });
  document.body.addEventListener("desk:canned", () => { if (part("canned")) open(); });
}

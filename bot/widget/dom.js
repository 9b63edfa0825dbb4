const PATHS = {
  wallet: "M6.5 5h11a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-6L7 20.5V17h-.5a2.5 2.5 0 0 1-2.5-2.5v-7a2.5 2.5 0 0 1 2.5-2.5zM20 9h-3.8a2 2 0 0 0 0 4H20",
  down: "M6 9.5l6 6 6-6",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  menu: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  send: "M12 19V5.5M6 11.5l6-6 6 6",
  restart: "M4.5 12a7.5 7.5 0 1 1 2.4 5.5M4.5 19v-4h4",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  check: "M5 12.5l4.5 4.5L19 7.5",
  shield: "M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8-4.5-1.8-7.5-5.2-7.5-9.8V5.8zM9 12l2.2 2.2L15.2 10",
  person: "M12 4a3.7 3.7 0 1 0 0 7.4A3.7 3.7 0 0 0 12 4zM4.5 20a7.5 5.5 0 0 1 15 0",
  key: "M14.5 9.5a4.5 4.5 0 1 0-4.2 4.49L12 15.7h2v2h2v2h3.5v-3.2l-5.3-5.3c.2-.5.3-1.1.3-1.7zM9 8.5h.01",
  card: "M3 5.5h18v13H3zM3 10h18M6.5 15h4",
  plus: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8.5v7M8.5 12h7",
  percent: "M18 6L6 18M7.5 9.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16.5 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  star: "M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
};

/** An element. Functions among its attributes listen to the event they are named for. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** A button by the name of its role. */
export function button(role, attributes, ...children) {
  return make("button", { type: "button", "data-role": role, ...attributes }, ...children);
}

/** Set text only where it differs, so that nothing is announced twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A text for screen readers alone. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

/** Put values into the `{places}` of a text. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name]);
}

/** A small drawing in the colour of the text around it. */
export function icon(name) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

import { say } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `class` and attributes are set as they are called, `data` becomes data attributes, `on` listeners;
 * attributes that are null or false are left out, and so are such children. Texts become text, never markup.
 */
export function element(tag, { data = {}, on = {}, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  Object.entries(data).forEach(([name, value]) => value != null && (made.dataset[name] = value));
  Object.entries(on).forEach(([name, listener]) => made.addEventListener(name, listener));
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** A button that does something when it is pressed; `role` is its data-role. */
export function button({ press, role = null, data = {}, ...attributes }, ...children) {
  return element("button", { type: "button", data: { role, ...data }, on: { click: press }, ...attributes }, ...children);
}

/** A drawing of strokes, hidden from those who listen. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  setAttributes(drawing, { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" });
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name]);
  drawing.append(path);
  return drawing;
}

/** The heading of a view, which takes the focus when the view is shown. */
export function heading(text) {
  return element("h1", { tabindex: "-1", data: { role: "heading" } }, text);
}

/** The way back to the home view. */
export function backHome() {
  return element("a", { class: "back", href: "#/home" }, icon("back"), say("home.tab"));
}

function setAttributes(made, attributes) {
  Object.entries(attributes)
    .filter(([, value]) => value != null && value !== false)
    .forEach(([name, value]) => made.setAttribute(name, value === true ? "" : value));
}

const STROKES = {
  home: "M4 11.5 12 4.5l8 7V19.5H14.5v-5h-5v5H4z",
  pay: "M7 17 17 7M9 7h8v8",
  topup: "M12 5v14M5 12h14",
  transfer: "M4 8h14M14.5 4.5 18 8l-3.5 3.5M20 16H6M9.5 12.5 6 16l3.5 3.5",
  withdraw: "M12 4v10M8 10.5l4 4 4-4M5 19.5h14",
  limits: "M4.5 18.5a9 9 0 1 1 15 0M12 14l4-4.5",
  cards: "M5 6h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM3 10h18M7 14.5h4",
  mailbox: "M5 6h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM3.5 8l8.5 6 8.5-6",
  help: "M6 5h12a2.5 2.5 0 0 1 2.5 2.5V14a2.5 2.5 0 0 1-2.5 2.5h-8L5.5 20v-3.5a2 2 0 0 1-2-2v-7A2.5 2.5 0 0 1 6 5z",
  security: "M12 3.5 19 6v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 11.5l2.2 2.2L15 10",
  operator: "M14.5 6.5a4 4 0 0 0-5.3 5L4 16.8 7.2 20l5.3-5.2a4 4 0 0 0 5-5.3L15 12l-3-3z",
  leave: "M10 4.5H5.5v15H10M15 8l4 4-4 4M19 12H9.5",
  again: "M19.5 11.5a7.5 7.5 0 1 0-2 5.5M19.5 5.5v6h-6",
  done: "M5 12.5 9.5 17 19 7.5",
  failed: "M7 7l10 10M17 7 7 17",
  open: "M12 7v5.5l3.5 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  back: "M14.5 6 8.5 12l6 6",
};

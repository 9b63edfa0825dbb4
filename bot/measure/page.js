// Shows one part at a time, the lines of a cell, and sorts the tables. Without it everything but the lines stands there.
"use strict";

const ALL = "all";
const rows = JSON.parse(document.getElementById("rows").textContent).map(
  ([text, gold, predicted, confidence, understood, language]) => ({ text, gold, predicted, confidence, understood, language }),
);
const parts = [...document.querySelectorAll("[data-part]")];
const choice = document.querySelector(".choice");

function show(name) {
  for (const part of parts) part.hidden = part.dataset.part !== name;
  for (const button of choice.children) button.setAttribute("aria-pressed", String(button.dataset.show === name));
}

function make(kind, text, className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = className;
  return made;
}

function lineOf(row, asksBack) {
  const line = document.createElement("li");
  line.append(make("span", row.confidence.toFixed(2), "confidence"), " ", make("q", row.text));
  if (!row.understood) line.append(" ", make("span", asksBack, "badge"));
  return line;
}

function showCell(part, button) {
  const { gold, predicted } = button.dataset;
  const cell = part.querySelector(".cell");
  const counted = rows.filter(
    (row) => row.gold === gold && row.predicted === predicted && [ALL, row.language].includes(part.dataset.part),
  );
  counted.sort((one, other) => other.confidence - one.confidence);
  cell.querySelector("h4").textContent = button.getAttribute("aria-label");
  cell.querySelector("ul").replaceChildren(...counted.map((row) => lineOf(row, cell.dataset.asksBack)));
  cell.hidden = false;
  for (const other of part.querySelectorAll("[aria-expanded]")) other.removeAttribute("aria-expanded");
  button.setAttribute("aria-expanded", "true");
  cell.scrollIntoView({ block: "nearest" });
}

function closeCell(part) {
  const opened = part.querySelector("[aria-expanded]");
  part.querySelector(".cell").hidden = true;
  opened?.removeAttribute("aria-expanded");
  opened?.focus();
}

function sort(head) {
  const column = [...head.parentElement.children].indexOf(head);
  const body = head.closest("table").tBodies[0];
  const rises = head.getAttribute("aria-sort") === "descending" || (column === 0 && !head.hasAttribute("aria-sort"));
  const value = (row) => row.children[column].dataset.value;
  const compare = column === 0 ? (one, other) => one.localeCompare(other) : (one, other) => one - other;
  const sorted = [...body.rows].sort((one, other) => compare(value(one), value(other)) * (rises ? 1 : -1));
  body.append(...sorted);
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rises ? "ascending" : "descending");
}

if (choice) {
  choice.hidden = false;
  for (const button of choice.children) button.addEventListener("click", () => show(button.dataset.show));
  show(ALL);
}
for (const part of parts) {
  for (const button of part.querySelectorAll("[data-gold]")) button.addEventListener("click", () => showCell(part, button));
  part.querySelector(".close").addEventListener("click", () => closeCell(part));
  for (const button of part.querySelectorAll(".intents thead button")) button.addEventListener("click", () => sort(button.parentElement));
}

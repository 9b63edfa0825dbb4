import { announce } from "./announcement.js";
import { wallet } from "./api.js";
import { button, element } from "./elements.js";
import { say } from "./language.js";
import { problemWords } from "./outcome.js";
import { showExpiry } from "./times.js";

/**
 * Made-up papers to try a form with, and a button that fills them in. They are in the memory of the view alone:
 * an identification number is kept nowhere. `fill` gets the papers.
 */
export function papers(me, memory, fill) {
  const place = element("div", { class: "papers" });
  const make = async () => {
    try {
      memory.papers = await wallet.makePapers(me.user_id);
      draw();
      place.querySelector("[data-role=fill-in]").focus();
    } catch (error) {
      place.append(element("p", { class: "field-problem" }, problemWords(error)));
      announce(problemWords(error));
    }
  };

  function draw() {
    const known = memory.papers;
    const making = button({ class: "link", role: "make-papers", press: make }, say("papers.make"));
    place.replaceChildren(...(known ? drawn(known, () => fill(known)) : [making]));
  }

  draw();
  return place;
}

function drawn({ name, id_number: number, card }, fill) {
  const facts = [
    ["name", name],
    ["id_number", number],
    ["card", `${card.number} · ${showExpiry(card.expires)}`],
    ["phone", card.phone],
  ].filter(([, value]) => value);
  const fact = ([what, value]) => [element("dt", {}, say(`papers.${what}`)), element("dd", {}, value)];
  return [
    element("p", { class: "hint" }, say("papers.explanation")),
    element("dl", { data: { role: "papers" } }, facts.flatMap(fact)),
    button({ class: "plain-button", role: "fill-in", press: fill }, say("papers.fill")),
  ];
}

import { announce } from "./announcement.js";
import { wallet } from "./api.js";
import { button, element, icon } from "./elements.js";
import { knows, list, onLanguage, say } from "./language.js";
import { problemWords } from "./outcome.js";
import { endSession, onSession, session } from "./session.js";
import { signInAs } from "./views/sign_in.js";

const place = document.querySelector("[data-role=story]");
let people = [];
let password = "";
let chosen = null;

/** Fill the column beside the app: who there is to try, or what to try as the one who was chosen. */
export async function startStory() {
  onLanguage(draw);
  onSession(follow);
  try {
    ({ items: people, password } = await wallet.demoUsers());
    follow();
  } catch (error) {
    place.replaceChildren(element("p", {}, problemWords(error)));
  }
}

function follow() {
  chosen = session()?.userId ?? null;
  draw();
}

function draw() {
  const person = people.find(({ login }) => login === scenarioOf(chosen));
  place.setAttribute("aria-label", say("story.label"));
  place.replaceChildren(...(person ? storyOf(person) : everyone()));
}

function everyone() {
  return [
    element("h2", {}, say("story.title")),
    element("p", {}, say("story.explanation")),
    element("ul", { class: "people" }, people.map((person) => element("li", {}, personButton(person)))),
  ];
}

function personButton({ login, display_name: name }) {
  return button(
    { role: "demo-user", data: { user: login }, press: () => choose(login, password) },
    element("span", { class: "face", "aria-hidden": "true" }, name.slice(0, 1)),
    element("span", { class: "name" }, name, element("span", { class: "login" }, login)),
    element("span", { class: "trouble" }, words(login, "trouble")),
  );
}

function storyOf({ login, display_name: name }) {
  const steps = knows(`people.${login}.steps`) ? list(`people.${login}.steps`) : [];
  return [
    element("p", { class: "face", "aria-hidden": "true" }, name.slice(0, 1)),
    element("h2", {}, name, element("span", { class: "login" }, chosen)),
    element("p", { class: "trouble" }, words(login, "trouble")),
    element("h3", {}, say("story.steps")),
    element("ol", { class: "steps" }, steps.map((step) => element("li", {}, step))),
    element("p", { class: "hint" }, say("story.afresh_hint")),
    element("div", { class: "actions" }, afreshButton(login), session() ? operatorLink() : othersButton()),
  ];
}

function afreshButton(login) {
  const problem = element("p", { class: "field-problem" });
  const press = async () => {
    made.disabled = true;
    try {
      const fresh = await wallet.makeDemoUser(login);
      endSession();
      choose(fresh.login, fresh.password);
    } catch (error) {
      made.disabled = false;
      problem.textContent = problemWords(error);
      announce(problemWords(error));
    }
  };
  const made = button({ class: "plain-button", role: "start-afresh", press }, icon("again"), say("story.afresh"));
  return [made, problem];
}

function operatorLink() {
  const attributes = { class: "plain-button", href: "#/operator", data: { role: "nav", view: "operator" } };
  return element("a", attributes, icon("operator"), say("operator.tab"));
}

function othersButton() {
  const press = () => {
    chosen = null;
    draw();
  };
  return button({ class: "plain-button", role: "others", press }, say("story.others"));
}

function choose(login, known) {
  chosen = login;
  draw();
  signInAs({ login, password: known });
}

function scenarioOf(login) {
  return login?.split("-")[0] ?? null;
}

function words(login, name) {
  return knows(`people.${login}.${name}`) ? say(`people.${login}.${name}`) : "";
}

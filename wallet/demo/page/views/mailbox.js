import { announce } from "../announcement.js";
import { wallet } from "../api.js";
import { element, heading, icon } from "../elements.js";
import { say } from "../language.js";
import { session } from "../session.js";
import { timeElement } from "../times.js";

const LOOK_EVERY_MILLISECONDS = 4000;

/** Mails and text messages to the signed-in user, or to the one named in the address. */
export async function mailbox({ argument }) {
  const owner = session()?.userId ?? decodeURIComponent(argument);
  const box = element("div", { data: { role: "mailbox" } });
  let shown = await wallet.mails(owner);
  draw(box, shown);
  lookAgain();

  function lookAgain() {
    setTimeout(async () => {
      if (!box.isConnected) return;
      const mails = await wallet.mails(owner).catch(() => shown);
      if (mails.length !== shown.length || mails[0]?.created_at !== shown[0]?.created_at) {
        shown = mails;
        draw(box, shown);
        announce(say("mailbox.new"));
      }
      lookAgain();
    }, LOOK_EVERY_MILLISECONDS);
  }

  return [
    session() ? null : element("a", { class: "back", href: "#/sign-in" }, icon("back"), say("mailbox.back")),
    heading(say("mailbox.title")),
    element("p", { class: "hint" }, say("mailbox.explanation", { login: owner })),
    box,
  ];
}

function draw(box, mails) {
  const nothing = element("p", { class: "nothing" }, say("mailbox.none"));
  box.replaceChildren(mails.length > 0 ? element("ul", { class: "mails" }, mails.map(mail)) : nothing);
}

function mail({ to, medium, subject, body, link, created_at: at }) {
  return element(
    "li",
    { data: { role: "mail", medium } },
    element("p", { class: "from" }, say(`mailbox.${medium}`, { to }), timeElement(at)),
    element("h2", {}, subject),
    element("p", { class: "body" }, isWebAddress(link) ? withLink(body, link) : body),
  );
}

function withLink(body, link) {
  const [before, ...after] = body.split(link);
  const attributes = { href: link, target: "_blank", rel: "noopener", data: { role: "mail-link" } };
  const hint = element("span", { class: "spoken" }, say("mailbox.new_tab"));
  return [before, element("a", attributes, link, hint), after.join(link)];
}

function isWebAddress(link) {
  return /^https?:\/\//.test(link ?? "");
}

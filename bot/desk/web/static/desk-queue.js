// The lists: what is new is heard and seen in the title, what is unread is marked.

import { keptFor } from "./desk-kept.js";

const FLASHES = 8;
const FLASH_MS = 900;

let audio = null;

// Two soft notes, made here: a file would have to be loaded before it could be heard.
function play() {
  audio ??= new AudioContext();
  for (const [at, pitch] of [[0, 660], [0.16, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  }
}

const plainTitle = () => document.title.replace(/^(\(\d+\) |● )+/, "");
const waitingNumbers = () => [...document.querySelectorAll("[data-role=waiting-row]")].map((row) => row.dataset.number);

export function startQueue(page) {
  const kept = keptFor(page.dataset.agent);
  const sound = page.querySelector("[data-role=sound]");
  const notify = page.querySelector("[data-role=notify]");
  let known = null;
  let flashing = 0;

  function showTitle() {
    const count = document.querySelector("[data-waiting]")?.dataset.waiting;
    document.title = (Number(count) ? `(${count}) ` : "") + plainTitle();
  }

  function flash() {
    clearInterval(flashing);
    let left = FLASHES;
    flashing = setInterval(() => {
      left -= 1;
      if (left <= 0 || !document.hidden) {
        clearInterval(flashing);
        showTitle();
      } else document.title = left % 2 ? `● ${page.dataset.new}` : plainTitle();
    }, FLASH_MS);
  }

  function announce(number) {
    if (kept.get("sound", false)) play();
    if (document.hidden) flash();
    if (document.hidden && kept.get("notify", false) && window.Notification?.permission === "granted") {
      new Notification(page.dataset.new, { tag: number });
    }
  }

  function markUnread() {
    for (const row of document.querySelectorAll("[data-role=mine-row]")) {
      const isOpen = row.dataset.number === page.dataset.number;
      const isUnread = !isOpen && Number(row.dataset.userSeq) > kept.get(`seen:${row.dataset.number}`, 0);
      row.querySelector("[data-role=unread]").hidden = !isUnread;
      row.classList.toggle("is-unread", isUnread);
    }
  }

  function look() {
    if (!document.querySelector("[data-waiting]")) return;
    const numbers = waitingNumbers();
    const isNew = known && numbers.find((number) => !known.has(number));
    known = new Set(numbers);
    showTitle();
    markUnread();
    if (isNew) announce(isNew);
  }

  function showSound() {
    const isOn = kept.get("sound", false);
    sound.setAttribute("aria-pressed", String(isOn));
    sound.textContent = isOn ? sound.dataset.on : sound.dataset.off;
  }

  sound?.addEventListener("click", () => {
    kept.set("sound", !kept.get("sound", false));
    showSound();
    // Also what allows the page to be heard: a browser wants a click before the first sound.
    if (kept.get("sound", false)) play();
  });
  notify?.addEventListener("click", async () => {
    const answer = await Notification.requestPermission();
    kept.set("notify", answer === "granted");
    notify.hidden = true;
  });
  if (sound) showSound();
  if (notify) notify.hidden = window.Notification?.permission !== "default";
  look();
  document.addEventListener("htmx:afterSettle", look);
}

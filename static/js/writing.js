// A post's form: keeps what is typed, and tells who else has the post open.
// Without this file the form works; a save over a newer one is refused by the server in any case.
"use strict";

const box = document.getElementById("at-work");
const form = box.closest("form");
const words = box.dataset;
const KEEP_EVERY = 5_000;
const TELL_EVERY = 20_000;
const LOCAL = "gandhara-typed-";
// Words a minute that people read on a screen (Brysbaert 2019, 238 for English; less elsewhere).
const READ_IN_A_MINUTE = 200;

const token = form.elements.csrfmiddlewaretoken.value;
const own = LOCAL + form.elements.autosave_key.value;
const state = box.querySelector(".at-work-state");
const others = box.querySelector(".at-work-others");
const found = box.querySelector(".at-work-found");
const takeOver = document.getElementById("take-over");
let untouched = null;
let kept = null;
let sent = false;

function typed() {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
  }
  if (words.post) fields.append("autosave_post", words.post);
  return fields.toString();
}

class SignedOut extends Error {}

async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
    body,
    credentials: "same-origin",
    redirect: "manual",
  });
  // Who is signed out is led to the sign-in.
  if (answer.type === "opaqueredirect") throw new SignedOut();
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// This browser's own copy, for the time in which the server can't be reached.

function keepHere(text) {
  try {
    localStorage.setItem(own, JSON.stringify({ user: words.user, post: words.post, text }));
  } catch {
    // A full or forbidden store: the server's copy has to do.
  }
}

function dropHere(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // As above.
  }
}

function copies() {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(LOCAL))
      .map((name) => [name, JSON.parse(localStorage.getItem(name))])
      .filter(([, copy]) => copy?.user === words.user);
  } catch {
    return [];
  }
}

async function bringIn() {
  for (const [name, copy] of copies()) {
    try {
      const answer = await post(words.autosave, copy.text);
      dropHere(name);
      // A refused form has its own text in it already.
      if (answer.continue && copy.post === words.post && name !== own) offer(answer.continue);
    } catch {
      // It stays where it is, and is brought in another time.
    }
  }
}

function offer(address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words.continue;
  found.replaceChildren(`${words.found} `, link);
  found.hidden = false;
}

async function keep() {
  count();
  if (untouched === null || sent) return;
  const text = typed();
  if (text === untouched || text === kept) return;
  keepHere(text);
  try {
    const answer = await post(words.autosave, text);
    kept = text;
    // What was typed meanwhile is kept at the next turn; a form that was sent keeps its copy.
    if (!sent) dropHere(own);
    state.textContent = answer.words ?? "";
  } catch (problem) {
    state.textContent = problem instanceof SignedOut ? words.signedOut : words.offline;
  }
}

function touch() {
  untouched ??= typed();
}

function count() {
  const editor = form.querySelector(".ProseMirror[contenteditable]");
  if (!editor) return;
  const number = (editor.innerText.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c'’-]*/gu) ?? []).length;
  const minutes = Math.max(1, Math.round(number / READ_IN_A_MINUTE));
  const line = document.getElementById("words-written") ?? document.createElement("p");
  line.id = "words-written";
  line.className = "quiet";
  line.textContent = `${number} ${words.words} · ${minutes} ${minutes === 1 ? words.minute : words.minutes}`;
  if (!line.isConnected) editor.closest(".prose-editor")?.append(line);
}

async function tell(body = "") {
  if (!words.open) return;
  try {
    const answer = await post(words.open, body);
    const sentences = [answer.taken, ...answer.others].filter(Boolean);
    others.querySelector("span").textContent = sentences.join(" ");
    others.hidden = sentences.length === 0;
    takeOver.hidden = answer.others.length === 0;
  } catch {
    // The next turn tells.
  }
}

for (const event of ["pointerdown", "keydown", "beforeinput"]) {
  form.addEventListener(event, touch, { capture: true });
}
form.addEventListener("submit", () => {
  // If the line breaks on the way, this copy is what is left.
  if (untouched !== null) keepHere(typed());
  sent = true;
});
addEventListener("pageshow", () => {
  sent = false;
});
addEventListener("pagehide", () => {
  if (untouched !== null && !sent && typed() !== untouched && typed() !== kept) keepHere(typed());
});
takeOver.addEventListener("click", () => tell("take_over=1"));
bringIn();
tell();
form.addEventListener("input", count);
addEventListener("load", () => {
  // The editor draws itself when its own files are there.
  const drawn = setInterval(() => {
    if (!form.querySelector(".ProseMirror[contenteditable]")) return;
    clearInterval(drawn);
    count();
  }, 100);
  // Django's script puts the cursor on whatever comes first, and that is a button here.
  if (!words.post) form.elements.headline?.focus();
});
setInterval(keep, KEEP_EVERY);
setInterval(() => tell(), TELL_EVERY);

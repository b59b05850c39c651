// The moderation desk by single keys and without reloads. Every button works without this file.
"use strict";

const form = document.getElementById("desk");
const list = document.getElementById("desk-cards");
const status = document.getElementById("desk-status");
const codes = document.getElementById("desk-code");
const words = form.dataset;
// Receipts kept in the page; "My decisions" has all.
const RECEIPTS = 30;
const ENOUGH = 10;

// What was decided here, for `u`: {decision} or {batch}, the newest last.
const done = [];
// Everything goes to the server one after the other, in the order in which it was pressed.
let queue = Promise.resolve();
let onTheWay = 0;
// While an undo is on its way, it isn't known which card comes next: keys wait for it.
let undoing = 0;
const pressed = [];
let more = Boolean(words.more);
let fetching = false;
let token = form.elements.csrfmiddlewaretoken.value;

const standing = () => [...list.querySelectorAll(".card:not([aria-busy])")];
const cardOf = (key) => document.getElementById(`card-${key}`);
const keyOf = (card) => card.dataset.key;

function say(sentence) {
  // Emptied first, so that the same sentence is read out a second time.
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = sentence;
  });
}

// Which card is meant

function current() {
  const card = list.querySelector('.card[aria-current="true"]');
  return card && !card.hasAttribute("aria-busy") ? card : null;
}

function mark(card) {
  list.querySelector('[aria-current="true"]')?.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
}

function go(card) {
  if (!card) {
    list.querySelector('[aria-current="true"]')?.removeAttribute("aria-current");
    status.focus({ preventScroll: true });
    return;
  }
  mark(card);
  card.focus({ preventScroll: true });
  const isTall = card.offsetHeight > innerHeight - 140;
  card.scrollIntoView({ block: isTall ? "start" : "nearest" });
}

function beside(card, step) {
  const cards = standing();
  if (!card) return step > 0 ? cards[0] : cards.at(-1);
  const way = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const there = cards.filter((each) => card.compareDocumentPosition(each) & way);
  return step > 0 ? there[0] : there.at(-1);
}

function nextOf(card) {
  return beside(card, 1) ?? beside(card, -1);
}

// Talking with the server

async function ask(address, fields) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (fields) {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", token);
    Object.assign(options, { method: "POST", body });
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error(words.network);
  }
  if (answer.redirected) throw new Error(words.signedOut);
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (!isData) {
    const refused = new Error(words.refused.replace("%s", answer.status));
    refused.status = answer.status;
    throw refused;
  }
  let data;
  try {
    data = await answer.json();
  } catch {
    throw new Error(words.network);
  }
  token = data.token;
  form.elements.csrfmiddlewaretoken.value = token;
  if (data.refused) throw new Error(data.refused);
  take(data);
  return data;
}

async function post(address, fields) {
  try {
    return await ask(address, fields);
  } catch (error) {
    if (error.status !== 403) throw error;
    // A sign-in in another window changed the token: get the new one, and try once more.
    await ask(`${words.cards}?${words.query}`);
    return ask(address, fields);
  }
}

function send(work) {
  onTheWay += 1;
  queue = queue.then(work).finally(() => {
    onTheWay -= 1;
  });
}

// What every answer brings

function take(data) {
  for (const [name, number] of Object.entries(data.counts)) {
    document.querySelector(`[data-count="${name}"]`).textContent = number;
  }
  document.getElementById("desk-clocks").innerHTML = data.clocks;
  const last = document.getElementById("desk-last");
  const hadFocus = last.contains(document.activeElement);
  last.innerHTML = data.last;
  if (hadFocus) (last.querySelector("button") ?? status).focus({ preventScroll: true });
}

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function replace(old, fresh) {
  const hadFocus = old.contains(document.activeElement);
  const wasCurrent = old.getAttribute("aria-current") === "true";
  old.replaceWith(fresh);
  if (fresh.matches(".card")) {
    if (hadFocus) go(fresh);
    else if (wasCurrent) mark(fresh);
  } else if (hadFocus || wasCurrent) {
    go(nextOf(fresh));
  }
}

function prune() {
  const receipts = list.querySelectorAll(".receipt");
  for (const old of [...receipts].slice(0, Math.max(0, receipts.length - RECEIPTS))) {
    if (!old.contains(document.activeElement)) old.remove();
  }
}

function tell(card, sentence) {
  card.removeAttribute("aria-busy");
  card.querySelector(".notice")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.textContent = sentence;
  card.querySelector("header").after(notice);
}

function tick() {
  const number = list.querySelectorAll("input[name=pick]:checked").length;
  document.getElementById("desk-ticked").textContent = number || "";
}

function showWhetherEmpty() {
  document.getElementById("desk-empty").hidden = Boolean(list.querySelector(".card")) || more;
  document.getElementById("desk-more")?.toggleAttribute("hidden", !more);
}

// Deciding

function decide(cards, fields, isBulk = false) {
  const following = isBulk ? null : nextOf(cards[0]);
  const saw = cards.map((card) => {
    const input = card.querySelector("input[name^=saw-]");
    return [input.name, input.value];
  });
  const sent = [...fields, ...saw];
  for (const card of cards) card.setAttribute("aria-busy", "true");
  if (isBulk) go(standing()[0]);
  else go(following);
  send(async () => {
    try {
      const data = await post(form.action, sent);
      if (data.batch) done.push({ batch: data.batch });
      for (const [key, html] of Object.entries(data.receipts)) {
        if (!data.batch) done.push({ decision: data.decisions[key] });
        replace(cardOf(key), made(html));
      }
      for (const [key, html] of Object.entries(data.cards)) {
        const fresh = made(html);
        if (fresh) replace(cardOf(key), fresh);
        else tell(cardOf(key), data.late[key]);
      }
      const late = Object.entries(data.late).map(([key, why]) => {
        const name = cardOf(key)?.querySelector(".name")?.textContent ?? `#${key}`;
        return `${name}: ${why}`;
      });
      const receipt = Object.keys(data.receipts).map((key) =>
        document.getElementById(`receipt-${key}`)?.querySelector("b").textContent
      )[0];
      say([data.said || receipt, ...late].filter(Boolean).join(" "));
      prune();
    } catch (error) {
      for (const card of cards) tell(card, error.message);
      say(error.message);
    }
    tick();
    fill();
  });
}

function decideOn(card, decision, code = "") {
  if (!card) return say(words.noCard);
  const has = card.querySelector(`button[name=decide][value^="${keyOf(card)}:${decision}"]`);
  if (!has) return say(card.querySelector(".decided")?.textContent ?? words.noApprove);
  const value = [keyOf(card), decision, code].filter(Boolean).join(":");
  return decide([card], [["decide", value]]);
}

// Undo

function undo(fields) {
  undoing += 1;
  send(async () => {
    try {
      const last = fields ?? done.at(-1) ?? { last: "1" };
      const data = await post(words.undo, Object.entries(last));
      forget(last);
      let first = null;
      for (const [key, html] of Object.entries(data.cards)) {
        const card = made(html);
        const old = document.getElementById(`receipt-${key}`) ?? cardOf(key);
        if (!card) continue;
        if (old) old.replaceWith(card);
        else list.prepend(card);
        first ??= card;
      }
      if (first) go(first);
      say([data.said, ...new Set(Object.values(data.late))].filter(Boolean).join(" "));
      showWhetherEmpty();
    } catch (error) {
      say(error.message);
    }
    undoing -= 1;
    while (pressed.length && !undoing) act(pressed.shift());
  });
}

function forget(last) {
  const place = done.findLastIndex(
    (each) =>
      last.last ||
      (last.batch && each.batch === last.batch) ||
      (last.decision && String(each.decision) === String(last.decision)),
  );
  if (place >= 0) done.splice(place, 1);
}

// Claims

function claim(fields) {
  send(async () => {
    try {
      const data = await post(words.claim, [...fields, ["next", words.query]]);
      for (const [key, html] of Object.entries(data.cards)) {
        const old = cardOf(key);
        if (!old) continue;
        const isTicked = old.querySelector("input[name=pick]").checked;
        const card = made(html);
        card.querySelector("input[name=pick]").checked = isTicked;
        if (old.hasAttribute("aria-busy")) card.setAttribute("aria-busy", "true");
        replace(old, card);
      }
      say(data.said);
    } catch (error) {
      say(error.message);
    }
  });
}

// More cards

function fill() {
  if (fetching || standing().length >= ENOUGH) return showWhetherEmpty();
  if (!more && list.querySelector(".card")) return showWhetherEmpty();
  fetching = true;
  send(async () => {
    const last = [...list.querySelectorAll(".card")].at(-1);
    const after = last ? `&after=${keyOf(last)}` : "";
    try {
      const data = await ask(`${words.cards}?${words.query}${after}`);
      const holder = document.createElement("template");
      holder.innerHTML = data.cards;
      const fresh = [...holder.content.querySelectorAll(".card")].filter(
        (card) => !cardOf(keyOf(card)),
      );
      list.append(...fresh);
      more = data.more && fresh.length > 0;
      if (fresh.length && !current() && document.activeElement === status) go(fresh[0]);
    } catch (error) {
      say(error.message);
    }
    fetching = false;
    showWhetherEmpty();
  });
  return undefined;
}

// Keys

const help = document.createElement("dialog");
help.className = "desk-help";
help.setAttribute("aria-labelledby", "keys-heading");
const close = document.createElement("form");
close.method = "dialog";
const closing = document.createElement("button");
closing.textContent = "×";
closing.setAttribute("aria-label", words.close);
close.append(closing);
help.append(close, document.getElementById("keys"));
document.querySelector(".desk").append(help);

const toggleHelp = () => (help.open ? help.close() : help.showModal());

function act(key) {
  const card = current();
  if (key === "j") return go(beside(card, 1) ?? card ?? standing()[0]);
  if (key === "k") return go(beside(card, -1) ?? card ?? standing()[0]);
  if (key === "a") return decideOn(card, "approved");
  if (key === "s") return decideOn(card, "spam");
  if (key === "r") return decideOn(card, "rejected", codes.value);
  if (key === "u") return undo();
  if (/^\d$/.test(key)) {
    const chosen = codes.options[key === "0" ? 9 : Number(key) - 1];
    return chosen && decideOn(card, "rejected", chosen.value);
  }
  if (!card) return say(words.noCard);
  if (key === "o") return card.querySelector("a.open").click();
  if (key === "x") return card.querySelector("input[name=pick]").click();
  const button = card.querySelector("button[name=take], button[name=release]");
  return button ? claim([[button.name, button.value]]) : undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = event.target;
  if (at.matches("textarea, select, [contenteditable]")) return;
  if (at.matches("input:not([type=checkbox])")) return;
  if (event.key === "?") {
    event.preventDefault();
    toggleHelp();
    return;
  }
  if (help.open || !/^[jkarsucxo\d]$/.test(event.key)) return;
  event.preventDefault();
  // A key that is held down must not decide on card after card.
  if (event.repeat && !/[jk]/.test(event.key)) return;
  if (undoing) pressed.push(event.key);
  else act(event.key);
});

document.getElementById("desk-help").addEventListener("click", (event) => {
  event.preventDefault();
  toggleHelp();
});

list.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && !card.hasAttribute("aria-busy")) mark(card);
});
list.addEventListener("change", tick);

// Buttons do without a reload what they do with one

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || (button.name === "take" && button.value === "next") || button.value === "all") {
    return;
  }
  event.preventDefault();
  if (button.name === "decide") {
    const [, decision, code] = button.value.split(":");
    decideOn(button.closest(".card"), decision, code);
  } else if (button.name === "bulk") {
    const cards = standing().filter((card) => card.querySelector("[name=pick]").checked);
    const picks = cards.map((card) => ["pick", keyOf(card)]);
    const fields = [["bulk", button.value], ["code", codes.value], ...picks];
    if (cards.length) decide(cards, fields, true);
    else say(words.noneTicked);
  } else if (button.name === "take" || button.name === "release") {
    claim([[button.name, button.value]]);
  } else {
    undo(button.name === "last" ? null : { [button.name]: button.value });
  }
});

window.addEventListener("beforeunload", (event) => {
  if (onTheWay) event.preventDefault();
});

form.classList.add("has-script");
if (!location.hash.startsWith("#card-")) go(standing()[0]);
else go(document.querySelector(location.hash) ?? standing()[0]);
tick();

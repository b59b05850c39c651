// The editor of a post's body: what is pasted from Word, Google Docs and the web, tidied at once.
// The server does the same (posts/pasting.py); both are held against tests/posts/pasted.py.
import { Extension, Plugin } from "django-prose-editor/editor";

const BOXES =
  "div,section,article,aside,main,header,footer,nav,address,center,details,summary,form,fieldset";
const BLOCKS = `${BOXES},p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,pre,hr,figure,figcaption,table,tbody,thead,tfoot,tr,td,th`;
const GONE = "script,style,meta,link,title,object,embed,template,noscript,svg,math,iframe,xml";
const LEVEL = /mso-list:\s*l\d+\s+level([1-9])/i;
const MARKER = /^[\s(]*(?:[·•o§▪–-]|(?:\p{Nd}{1,3}|[a-z]|[ivxlc]{1,6})[.)])\s+/iu;
const NUMBERED = /^[\s(]*([\p{L}\p{Nd}]{1,6})\s*[.)]/u;
const CONTROLS =
  // eslint-disable-next-line no-control-regex
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u206a-\u206f\ufeff\ufff9-\ufffb]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const TRACKING = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|igsh|yclid|_ga)$/i;

// The policy of the page speaks of each style that a parser meets, even where it is never used.
function inert(html) {
  return html
    .replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(/(<[a-z][^<>]*?\s)style(?=\s*=)/gi, "$1data-style");
}

const style = (element) => element.dataset.style ?? "";

function declared(element, name) {
  for (const one of style(element).toLowerCase().split(";")) {
    const [key, ...value] = one.split(":");
    if (key.trim() === name) return value.join(":").trim();
  }
  return "";
}

const isHeavy = (weight) => weight.startsWith("bold") || Number(weight) >= 600;
const isMarker = (element) => declared(element, "mso-list").startsWith("ignore");
const hasInk = (node) =>
  node.textContent.trim() !== "" || node.nodeName === "IMG" || !!node.querySelector?.("img");
const holdsBlocks = (element) => element.querySelector(BLOCKS) !== null;
const isBlock = (node) => node.nodeType === 1 && node.matches(BLOCKS);

function renamed(element, name) {
  const made = element.ownerDocument.createElement(name);
  for (const { name: key, value } of element.attributes) made.setAttribute(key, value);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapInside(element, name) {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.append(made);
}

// Addresses of links without what follows the reader about.
export function withoutTracking(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return address;
  }
  const extra = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
  if (!extra.length) return address;
  for (const name of extra) url.searchParams.delete(name);
  return url.href;
}

function settleLinksAndPictures(body) {
  for (const link of body.querySelectorAll("a[href]")) {
    link.setAttribute("href", withoutTracking(link.getAttribute("href")));
  }
  for (const image of body.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    const own = source.startsWith(`${location.origin}/`)
      ? source.slice(location.origin.length)
      : source;
    if (/^\/(?!\/)/.test(own)) {
      image.setAttribute("src", own);
      continue;
    }
    const link = image.closest("a[href]");
    const alone = link && link.querySelectorAll("img").length === 1 && !link.textContent.trim();
    if (!alone) {
      image.remove();
      continue;
    }
    const address = link.getAttribute("href");
    let host = address;
    try {
      host = new URL(address).hostname.replace(/^www\./, "");
    } catch {
      // An address of this site, or none.
    }
    image.replaceWith(image.getAttribute("alt")?.trim() || host);
  }
}

// Word calls nearly everything English, and Arabic the rest.
function settleWordsLanguages(body, languages) {
  for (const element of body.querySelectorAll("[lang],[dir]")) {
    const code = languages[(element.getAttribute("lang") ?? "").toLowerCase().split("-")[0]];
    if (code && RIGHT_TO_LEFT.test(element.textContent)) {
      element.setAttribute("lang", code);
    } else {
      element.removeAttribute("lang");
      if (element.matches("span")) element.removeAttribute("dir");
    }
  }
}

// Tags for what a style means; bold that is none is taken away.
function settleStyles(body) {
  for (const element of body.querySelectorAll("*")) {
    const bold = element.matches("b,strong");
    const weight = declared(element, "font-weight");
    const heading = element.closest("h1,h2,h3,h4,h5,h6");
    if (!isBlock(element)) {
      const decoration = declared(element, "text-decoration") + declared(element, "text-decoration-line");
      const place = declared(element, "vertical-align");
      if (!bold && isHeavy(weight) && !heading) wrapInside(element, "strong");
      if (!element.matches("i,em") && /^(?:italic|oblique)/.test(declared(element, "font-style"))) {
        wrapInside(element, "em");
      }
      if (decoration.includes("line-through")) wrapInside(element, "s");
      if (place === "sub") wrapInside(element, "sub");
      if (place === "super") wrapInside(element, "sup");
    }
    if (bold && (heading || (weight && !isHeavy(weight)))) unwrap(element);
  }
}

// Inline elements around blocks move into them, so that each paragraph keeps its bold or link.
function pushInlineDown(body) {
  for (const element of [...body.querySelectorAll("b,strong,i,em,a,span,font,u,s")].reverse()) {
    if (!holdsBlocks(element)) continue;
    if (!element.matches("span,font")) {
      for (const box of [element, ...element.querySelectorAll(BOXES)]) {
        if (holdsBlocks(box)) paragraphsOf(box);
      }
      for (const block of element.querySelectorAll(BLOCKS)) {
        if (holdsBlocks(block) || !hasInk(block)) continue;
        const copy = element.cloneNode(false);
        copy.append(...block.childNodes);
        block.append(copy);
      }
    }
    unwrap(element);
  }
}

function withoutStart(node, count) {
  for (const child of [...node.childNodes]) {
    if (count <= 0) return;
    const length = child.textContent.length;
    if (child.nodeType === 3) child.data = child.data.slice(count);
    else withoutStart(child, count);
    count -= length;
  }
}

// Word's paragraphs that only look like items of a list.
function itemOf(paragraph) {
  if (paragraph.nodeName !== "P") return null;
  const level = LEVEL.exec(style(paragraph));
  const looksSo = [...paragraph.classList].some((name) => name.startsWith("MsoListParagraph"));
  if (!level && !looksSo) return null;
  const ignored = [...paragraph.querySelectorAll("span")].find(isMarker);
  const found = MARKER.exec(paragraph.textContent);
  if (!ignored && !found && !level) return null;
  const marker = ignored ? ignored.textContent : (found?.[0] ?? "");
  if (ignored) ignored.remove();
  else withoutStart(paragraph, marker.length);
  const numbered = NUMBERED.exec(marker);
  return {
    level: Number(level?.[1] ?? 1),
    tag: numbered ? "ol" : "ul",
    number: /^\d+$/.test(numbered?.[1] ?? "") ? Number(numbered[1]) : 1,
    paragraph,
  };
}

function listOf(items, page) {
  const lists = [];
  while (items.length) {
    const first = items[0];
    const list = page.createElement(first.tag);
    if (first.number !== 1) list.setAttribute("start", first.number);
    while (items.length && items[0].level >= first.level && items[0].tag === first.tag) {
      const { paragraph } = items.shift();
      const deeper = [];
      while (items.length && items[0].level > first.level) deeper.push(items.shift());
      const item = page.createElement("li");
      item.append(...paragraph.childNodes, ...listOf(deeper, page));
      list.append(item);
    }
    lists.push(list);
  }
  return lists;
}

function settleWordLists(body) {
  for (const first of body.querySelectorAll("p")) {
    if (!first.isConnected) continue;
    const items = [];
    const gone = [];
    for (let node = first; node; node = node.nextSibling) {
      if (node.nodeType !== 1) {
        if (hasInk(node)) break;
        continue;
      }
      const item = itemOf(node);
      if (!item) break;
      items.push(item);
      gone.push(node);
    }
    if (!items.length) continue;
    first.before(...listOf(items, body.ownerDocument));
    for (const node of gone) node.remove();
  }
}

// A list right in a list belongs to the item before it.
function settleNestedLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    list.previousElementSibling?.append(list);
  }
}

function settleBoxes(body) {
  for (const [from, to] of [["h1", "h2"], ["h5,h6", "h4"]]) {
    for (const heading of body.querySelectorAll(from)) renamed(heading, to);
  }
  for (const box of [...body.querySelectorAll(BOXES)].reverse()) {
    if (!holdsBlocks(box)) {
      renamed(box, "p");
      continue;
    }
    paragraphsOf(box);
    for (const name of ["lang", "dir"]) {
      if (!box.hasAttribute(name)) continue;
      for (const child of box.children) {
        if (!child.hasAttribute(name)) child.setAttribute(name, box.getAttribute(name));
      }
    }
    unwrap(box);
  }
  if (body.querySelector(BLOCKS)) paragraphsOf(body);
  for (const paragraph of body.querySelectorAll("p")) if (!hasInk(paragraph)) paragraph.remove();
}

// What stands loose between blocks becomes a paragraph.
function paragraphsOf(box) {
  let paragraph = null;
  for (const node of [...box.childNodes]) {
    if (node.nodeType !== 1 && node.nodeType !== 3) node.remove();
    else if (isBlock(node)) paragraph = null;
    else if (paragraph) paragraph.append(node);
    else if (!hasInk(node)) node.remove();
    else {
      paragraph = box.ownerDocument.createElement("p");
      node.before(paragraph);
      paragraph.append(node);
    }
  }
}

function settleText(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.data = node.data.replace(CONTROLS, "");
    if (!node.parentElement.closest("pre")) {
      node.data = node.data.replace(/\s{2,}/g, (run) => (run.includes("\u00a0") ? " " : run));
    }
  }
}

export function tidy(html, { wordsLanguages = {}, direction = "", settleFrames } = {}) {
  // A copy from an editor of ours is tidy, and tells how it was cut.
  if (html.includes("data-pm-slice")) return html;
  // Within the body, or a script that stands first would be put into the head.
  const { body } = new DOMParser().parseFromString(`<body>${inert(html)}`, "text/html");
  settleFrames?.(body);
  for (const element of body.querySelectorAll(GONE)) element.remove();
  settleLinksAndPictures(body);
  if (/<[^<>]*(?:\bmso-|\bclass\s*=\s*["']?Mso)/i.test(html)) settleWordsLanguages(body, wordsLanguages);
  settleStyles(body);
  pushInlineDown(body);
  settleWordLists(body);
  settleNestedLists(body);
  settleBoxes(body);
  settleText(body);
  for (const element of body.querySelectorAll("*")) {
    delete element.dataset.style;
    if (element.className !== "link-card") element.removeAttribute("class");
    // As the post runs anyway.
    if (element.dir === direction && !element.hasAttribute("lang")) element.removeAttribute("dir");
  }
  for (const element of body.querySelectorAll("font,span:not([lang],[dir])")) unwrap(element);
  return body.innerHTML;
}

export const Pasting = Extension.create({
  name: "pasting",
  addOptions: () => ({ wordsLanguages: {} }),

  addProseMirrorPlugins() {
    const { editor, options } = this;
    const { settleFrames } = editor.storage.linkCards ?? {};
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html, view) =>
            tidy(html, { ...options, settleFrames, direction: view.dom.dir }),
          transformPastedText: (text) => text.replace(CONTROLS, ""),
        },
      }),
    ];
  },
});

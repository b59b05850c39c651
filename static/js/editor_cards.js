// The editor of a post's body: link cards in place of frames. What a card is stands in
// posts/link_cards.py, which has the last word and whose lists come here as options.
import { Extension, Node as Block, Plugin, updateAttrsDialog } from "django-prose-editor/editor";

const CODE = /^<(?:iframe|blockquote|div|script)\s[^>]*\b(?:src|class|data-href)\s*=[^]*>$/i;

function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

const isWebAddress = (address) => /^https?:\/\/[^\s/]/i.test(address) && hostOf(address) !== "";

// For people, the page behind an address that was made for a frame.
function pageOf(frame, { frames }) {
  let address = frame.trim();
  if (address.startsWith("//")) address = `https:${address}`;
  for (const [pattern, page] of frames) {
    const found = new RegExp(`^(?:${pattern})`, "i").exec(address);
    if (!found) continue;
    try {
      const made = page.replace("{}", () => decodeURIComponent(found[1]));
      return isWebAddress(made) ? made : address;
    } catch {
      return address;
    }
  }
  return isWebAddress(address) ? address : "";
}

function titleFor(address, title, { services, noTitles }) {
  const words = (title ?? "").replace(/\s+/g, " ").trim();
  const host = hostOf(address);
  return words && !noTitles.includes(words) ? words : (services[host] ?? host);
}

// The name of the service whose bare address this is.
function serviceOf(text, { services }) {
  if (!/^https?:\/\/\S+$/i.test(text)) return undefined;
  const host = hostOf(text).replace(/^(?:m|mobile|web|vm|vt)\./, "");
  return services[host];
}

function cardElement(page, address, title, options) {
  const card = page.createElement("p");
  card.className = "link-card";
  const link = page.createElement("a");
  link.setAttribute("href", address);
  link.textContent = titleFor(address, title, options);
  card.append(link);
  return card;
}

function quotedAddress(quotation) {
  const links = quotation.querySelectorAll("a[href]");
  return (
    quotation.dataset.instgrmPermalink ||
    quotation.dataset.href ||
    quotation.getAttribute("cite") ||
    links[links.length - 1]?.getAttribute("href") ||
    ""
  );
}

function quotedWords(quotation) {
  const parts = [...quotation.childNodes].map((node) => node.textContent.trim());
  const words = parts.filter(Boolean).join(" ").replace(/\s+/g, " ");
  const links = quotation.querySelectorAll("a[href]");
  const date = links[links.length - 1]?.textContent.trim() ?? "";
  const title = (date && words.endsWith(date) ? words.slice(0, -date.length) : words).trim();
  return title.length <= 200 ? title : `${title.slice(0, 199).replace(/ \S*$/, "")} …`;
}

// Every frame and every quotation that a service would make one of becomes a card.
function settleFrames(body, options) {
  const found = [
    ...options.quotations.map((name) => `blockquote.${CSS.escape(name)}`),
    "div.fb-post[data-href]", "div.fb-video[data-href]",
    "script[data-telegram-post]", "iframe[src]",
  ];
  for (const element of body.querySelectorAll(found.join(","))) {
    const telegram = element.dataset.telegramPost;
    const frame = element.matches("iframe");
    const counter = frame && ["0", "1"].some((size) => [element.width, element.height].includes(size));
    let address = telegram ? `https://t.me/${telegram}` : quotedAddress(element);
    if (frame) address = pageOf(element.getAttribute("src"), options);
    if (counter || !isWebAddress(address)) continue;
    const words = frame ? element.title : telegram ? "" : quotedWords(element);
    const card = cardElement(body.ownerDocument, address, words, options);
    // A card stands beside the paragraph that held the frame.
    const around = element.closest("p");
    if (around) {
      element.remove();
      around.after(card);
    } else {
      element.replaceWith(card);
    }
  }
}

const LinkCard = Block.create({
  name: "linkCard",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes: () => ({
    href: { default: "", rendered: false },
    title: { default: "", rendered: false },
  }),

  parseHTML: () => [
    {
      tag: "p.link-card",
      priority: 60,
      getAttrs: (element) => {
        const href = element.querySelector("a[href]")?.getAttribute("href") ?? "";
        if (!isWebAddress(href)) return false;
        const copy = element.cloneNode(true);
        const last = copy.querySelector("bdi:last-child");
        if (last?.textContent === hostOf(href)) last.remove();
        const title = copy.textContent.replace(/\s+/g, " ").trim();
        return { href, title: title || hostOf(href) };
      },
    },
  ],

  renderHTML: ({ node, HTMLAttributes }) => [
    "p",
    { class: "link-card", ...HTMLAttributes },
    ["a", { href: node.attrs.href }, node.attrs.title],
    " ",
    ["bdi", { dir: "ltr" }, hostOf(node.attrs.href)],
  ],

  // Without a link: a click chooses the card and does not lead away from the form.
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("p");
    dom.className = "link-card";
    for (const name of ["lang", "dir"]) {
      if (node.attrs[name]) dom.setAttribute(name, node.attrs[name]);
    }
    const title = document.createElement("span");
    title.className = "title";
    title.textContent = node.attrs.title;
    const host = document.createElement("bdi");
    host.dir = "ltr";
    host.textContent = hostOf(node.attrs.href);
    dom.append(title, " ", host);
    return { dom };
  },
});

export const LinkCards = Extension.create({
  name: "linkCards",
  // Before the link extension has its turn with what is pasted.
  priority: 1100,

  addOptions: () => ({ services: {}, frames: [], noTitles: [], quotations: [], words: {} }),

  // For static/js/editor_pasting.js, which has what was pasted as a tree.
  addStorage() {
    return { settleFrames: (body) => settleFrames(body, this.options) };
  },

  addExtensions: () => [LinkCard],

  addCommands() {
    const { options } = this;
    return {
      insertLinkCard:
        (address, title) =>
        ({ chain, state }) => {
          const card = { type: "linkCard", attrs: { href: address, title: titleFor(address, title, options) } };
          if (state.selection.node?.type.name === "linkCard") {
            return chain().updateAttributes("linkCard", card.attrs).run();
          }
          // With a line to go on writing in.
          return chain().insertContent([card, { type: "paragraph" }]).run();
        },
      editLinkCard:
        () =>
        ({ editor }) => {
          const { words } = options;
          const { href = "", title = "" } = editor.getAttributes("linkCard");
          const ask = updateAttrsDialog(
            {
              address: { title: words.address, format: "url", required: true },
              title: { title: words.title },
            },
            { title: words.card, submitText: words.save },
          );
          ask(editor, { address: href, title }).then((given) => {
            const page = given && pageOf(given.address, options);
            if (page) editor.chain().focus().insertLinkCard(page, given.title).run();
          });
          return true;
        },
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "linkCard",
      groups: "link",
      priority: 90,
      button: buttons.material("web_asset", this.options.words.card),
      command: (editor) => editor.commands.editLinkCard(),
      active: (editor) => editor.isActive("linkCard"),
    });
  },

  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [
      new Plugin({
        props: {
          handlePaste(view, event) {
            // Without a clipboard it is our own call below.
            const data = event.clipboardData;
            if (!data) return false;
            const text = data.getData("text/plain").trim();
            const { $from, empty } = view.state.selection;
            const ownLine = empty && $from.parent.isTextblock && $from.parent.content.size === 0;
            const bare = ownLine && serviceOf(text, options);
            if (bare) return editor.commands.insertLinkCard(pageOf(text, options), bare);
            // Services hand out their code as text.
            return CODE.test(text) && !data.getData("text/html") && view.pasteHTML(text);
          },
          handleDoubleClickOn: (_view, _position, node) =>
            node.type.name === "linkCard" && editor.commands.editLinkCard(),
        },
      }),
    ];
  },
});

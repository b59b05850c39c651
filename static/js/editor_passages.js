// The editor of a post's body: the language and direction of passages, what a body may hold beyond
// the editor's own tags, and the editor's words. Values come from posts/editor.py.
import {
  Extension,
  Figure as PlainFigure,
  Image as PlainImage,
  Mark,
  mergeAttributes,
  Node as Block,
  Plugin,
  Table as PlainTable,
} from "django-prose-editor/editor";

const BLOCKS = [
  "paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "codeBlock",
  "figure", "otherFigure", "caption", "table", "linkCard",
];
const as = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name) || null,
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
});
const LANGUAGE = { lang: as("lang"), dir: as("dir") };

// The editor's own view of a figure writes attributes that are not there as "null". A figure may
// also hold a quotation or a table.
export const Figure = PlainFigure.extend({
  addNodeView: null,
  parseHTML: () => [
    { tag: "figure", getAttrs: (figure) => (figure.querySelector("img") ? null : false) },
  ],
});
const OtherFigure = Block.create({
  name: "otherFigure",
  group: "block",
  content: "block+",
  parseHTML: () => [{ tag: "figure", priority: 40 }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
});

// A photo of the library is known by its number; imported posts have no more than that.
export const Image = PlainImage.extend({
  parseHTML() {
    return [...this.parent(), { tag: "img[data-file]" }];
  },
});

// A table's caption is kept, and shown by the style sheet.
export const Table = PlainTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: (table) => table.querySelector(":scope > caption")?.textContent.trim() || null,
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    };
  },
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML({ HTMLAttributes: { "data-caption": caption, ...attributes } }) {
    return ["table", attributes, ...(caption ? [["caption", caption]] : []), ["tbody", 0]];
  },
});

// Tags inside a line that the editor would drop, with the attributes that they may have.
const INLINE = [
  ["mark", {}],
  ["u", {}],
  ["small", {}],
  ["cite", LANGUAGE],
  ["q", LANGUAGE],
  ["bdi", LANGUAGE],
  ["abbr", { title: as("title") }],
].map(([tag, attributes]) =>
  Mark.create({
    name: `inline_${tag}`,
    excludes: "",
    addAttributes: () => attributes,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  }),
);

const Passage = Mark.create({
  name: "passage",
  // Around links and bold, which would cut it in pieces.
  priority: 1010,
  addAttributes: () => LANGUAGE,
  parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes(HTMLAttributes), 0],
});

// The blocks that a choice is for: a quotation, an item of a list or a figure as a whole, else
// each block of text that the selection touches.
function chosenBlocks(state) {
  const found = new Map();
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, position) => {
    if (!BLOCKS.includes(node.type.name)) return true;
    const whole = ["blockquote", "listItem", "figure", "otherFigure"].includes(node.type.name);
    if (whole || node.isTextblock || node.isAtom) found.set(position, node);
    return !whole;
  });
  return found;
}

function isPartOfOneBlock({ selection }) {
  const { $from, $to, empty } = selection;
  if (empty || !$from.parent.isTextblock || !$from.sameParent($to)) return false;
  return $from.parentOffset > 0 || $to.parentOffset < $to.parent.content.size;
}

function chosenLanguage(state) {
  const { $from, from, to, empty } = state.selection;
  const type = state.schema.marks.passage;
  let marks = empty ? (state.storedMarks ?? $from.marks()) : [];
  if (!empty) {
    state.doc.nodesBetween(from, to, (node) => {
      if (node.isText && !marks.length) marks = node.marks;
    });
  }
  const mark = type.isInSet(marks);
  if (mark?.attrs.lang) return mark.attrs.lang;
  const node = state.selection.node;
  if (node?.attrs.lang) return node.attrs.lang;
  for (let depth = $from.depth; depth > 0; depth--) {
    const { lang } = $from.node(depth).attrs;
    if (lang) return lang;
  }
  return "";
}

function label(button, words) {
  button.title = words;
  button.setAttribute("aria-label", words);
}

export const Passages = Extension.create({
  name: "passages",

  addOptions: () => ({ languages: [], words: {}, buttons: {}, sentences: {} }),

  addExtensions: () => [Passage, OtherFigure, ...INLINE],

  addGlobalAttributes() {
    return [
      { types: BLOCKS, attributes: LANGUAGE },
      { types: ["blockquote"], attributes: { cite: as("cite") } },
      { types: ["link"], attributes: { hreflang: as("hreflang"), lang: as("lang") } },
      { types: ["tableHeader"], attributes: { scope: as("scope") } },
    ];
  },

  addCommands() {
    const { languages } = this.options;
    return {
      setPassageLanguage:
        (code) =>
        ({ state, tr, dispatch, commands }) => {
          const language = languages.find((one) => one.code === code);
          const attributes = { lang: language?.code ?? null, dir: language?.direction ?? null };
          const type = state.schema.marks.passage;
          if (isPartOfOneBlock(state)) {
            return language
              ? commands.setMark("passage", attributes)
              : commands.unsetMark("passage");
          }
          if (!dispatch) return true;
          for (const [position, node] of chosenBlocks(state)) {
            tr.setNodeMarkup(position, null, { ...node.attrs, ...attributes });
            // What is inside would contradict, or say the same again.
            tr.removeMark(position, position + node.nodeSize, type);
            node.descendants((inner, offset) => {
              if (inner.attrs.lang || inner.attrs.dir) {
                const own = { ...inner.attrs, lang: null, dir: null };
                tr.setNodeMarkup(position + 1 + offset, null, own);
              }
            });
          }
          return true;
        },
    };
  },

  addMenuItems({ menu }) {
    const { languages, words } = this.options;
    const select = document.createElement("select");
    select.setAttribute("aria-label", words.label);
    select.title = words.label;
    select.add(new Option(words.none, ""));
    for (const { code, name } of languages) select.add(new Option(name, code));
    const box = document.createElement("span");
    box.className = "passage-language";
    box.append(select);
    // The toolbar takes a click for a press of a button.
    select.addEventListener("click", (event) => event.stopPropagation());
    select.addEventListener("change", () => {
      this.editor.chain().focus().setPassageLanguage(select.value).run();
    });
    menu.defineItem({
      name: "passageLanguage",
      groups: "passage",
      button: box,
      update: (editor) => {
        const code = chosenLanguage(editor.state);
        // A language that is not among ours is kept and shown by its code.
        if (code && ![...select.options].some((one) => one.value === code)) {
          select.add(new Option(code, code));
        }
        select.value = code;
      },
    });
  },

  // The box runs as the post does, and so do headline and summary.
  addProseMirrorPlugins() {
    const { languages } = this.options;
    const chosen = () => {
      const code = document.getElementById("id_language")?.value;
      return languages.find((one) => one.code === code);
    };
    const attributes = () => {
      const language = chosen();
      return language ? { lang: language.code, dir: language.direction } : {};
    };
    return [
      new Plugin({
        props: { attributes },
        view: (view) => {
          const field = document.getElementById("id_language");
          const follow = () => {
            view.dispatch(view.state.tr);
            for (const name of ["headline", "summary"]) {
              const box = document.getElementById(`id_${name}`);
              for (const [key, value] of Object.entries(attributes())) {
                box?.setAttribute(key, value);
              }
            }
          };
          field?.addEventListener("change", follow);
          // The view is still being made.
          queueMicrotask(() => !view.isDestroyed && follow());
          return { destroy: () => field?.removeEventListener("change", follow) };
        },
      }),
    ];
  },

  onCreate() {
    const { buttons } = this.options;
    const bar = this.editor.view.dom.parentElement;
    for (const [name, words] of Object.entries(buttons)) {
      for (const button of bar.querySelectorAll(`[data-name="${name}"]`)) {
        if (button.matches(".prose-menubar__button")) label(button, words);
        else if (button.firstElementChild) button.firstElementChild.textContent = words;
      }
    }
  },
});

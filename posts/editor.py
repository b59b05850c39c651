"""The editor of a post's body: what it can do, and its words.

The extensions `Passages`, `LinkCards` and `Pasting` are our own (static/js/editor_*.js); settings
name their files.
"""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from posts import languages, link_cards
from posts.pasting import WORDS_LANGUAGES

# What the editor says by itself, and how it is said here. The words of its buttons come first, by
# the buttons' names; then the sentences of its windows.
BUTTONS = {
    "paragraph": _("Paragraph"),
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "heading4": _("Smallest heading"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "orderedListProperties": _("Numbers of the list"),
    "blockquote": _("Quotation"),
    "horizontalRule": _("Line across"),
    "figure": _("Photo"),
    "codeBlock": _("Code block"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "strike": _("Struck out"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "code": _("Code"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "html": _("Edit the HTML"),
    "table": _("Table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Delete the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Delete the row"),
    "table:mergeCells": _("Join the cells"),
    "table:splitCell": _("Part the cell"),
    "table:toggleHeaderCell": _("Heading of a column or row"),
    "table:deleteTable": _("Delete the table"),
}
SENTENCES = {
    "Update": _("Update"),
    "Cancel": _("Cancel"),
    "Insert": _("Insert"),
    "URL": _("Address"),
    "Title": _("Title"),
    "Edit Link": _("Edit the link"),
    "Image URL": _("Address of the photo"),
    "Browse...": _("Browse..."),
    "Alternative Text": _("Alt text"),
    "Caption": _("Caption"),
    "Insert Figure": _("Insert a photo"),
    "Edit Figure": _("Edit the photo"),
    "Edit Image": _("Edit the photo"),
    "Add caption": _("Add a caption"),
    "Remove caption": _("Remove the caption"),
    "Start at": _("Start at"),
    "List type": _("Kind of list"),
    "List properties": _("Numbers of the list"),
    "Rows": _("Rows"),
    "Columns": _("Columns"),
    "Include header row": _("Include a header row"),
    "Table Properties": _("Table"),
    "Insert Table": _("Insert the table"),
    "Edit HTML": _("Edit the HTML"),
    "Prettify": _("Put it in order"),
    "The HTML contents of the editor. Note that the allowed HTML is restricted by the editor "
    "schema.": _("What a post may not hold is taken out."),
}

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "CodeBlock": True,
    "Code": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": {"pickerUrl": reverse_lazy("admin:posts_photo_pick")},
    "Caption": True,
    "Image": True,
    "History": True,
    "HTML": True,
    "Passages": {
        "languages": [
            {"code": one.code, "name": one.name, "direction": one.direction}
            for one in languages.LANGUAGES.values()
        ],
        "words": {"label": _("Language of this passage"), "none": _("As the post")},
        "buttons": BUTTONS,
        "sentences": SENTENCES,
    },
    "LinkCards": {
        "services": link_cards.SERVICES,
        "frames": link_cards.FRAMES,
        "noTitles": link_cards.NO_TITLES,
        "quotations": link_cards.QUOTATIONS,
        "words": {
            "card": _("Link card"),
            "address": _("Address of the page"),
            "title": _("Title of the page"),
            "save": _("Save"),
        },
    },
    "Pasting": {"wordsLanguages": WORDS_LANGUAGES},
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "marks"},
            {"group": "link"},
            {"group": "passage"},
            {"group": "table"},
            {"group": "history"},
            {"group": "utility"},
        ]
    },
}

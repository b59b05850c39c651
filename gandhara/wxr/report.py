"""What an import did, in words for whoever ran it."""

from collections import Counter, defaultdict

_SHORT = 20


class Report:
    """Collects what was created, updated, left out and noted; `str()` gives it as text."""

    def __init__(self):
        self.created, self.updated, self.known = Counter(), Counter(), Counter()
        self.left_out, self.notes = defaultdict(list), defaultdict(list)
        self.missing, self.refused, self.addresses = [], [], []

    def leave_out(self, what, title=""):
        """One thing of this kind was left out; its title is listed if it has one."""
        self.left_out[what].append(title)

    def note(self, what, title=""):
        """Something about an imported thing that an editor should know."""
        self.notes[what].append(title)

    def __str__(self):
        parts = [
            _counted("Created", self.created) or "Created: nothing.",
            _counted("Updated", self.updated) or "Updated: nothing.",
            _counted("Already here, left alone", self.known),
            _grouped("Left out", self.left_out),
            _grouped("To look at", self.notes),
            _listed("Media files not found", self.missing),
            _listed("Media files refused", self.refused),
            _listed("Addresses of the posts", self.addresses),
        ]
        return "\n".join(part for part in parts if part)


def _counted(title, counter):
    counts = ", ".join(
        # There is one blog, so "the blog's title" needs no number.
        what if what.startswith("the ") else f"{number} {what}"
        for what, number in counter.items()
        if number
    )
    return f"{title}: {counts}." if counts else ""


def _grouped(title, groups):
    lines = [f"{title}:"] if groups else []
    for what, titles in groups.items():
        named = [name for name in titles if name]
        lines.append(f"  {len(titles)} × {what}")
        lines += [f"      {name}" for name in named[:_SHORT]]
        if len(named) > _SHORT:
            lines.append(f"      … and {len(named) - _SHORT} more")
    return "\n".join(lines)


def _listed(title, lines):
    return (
        "\n".join([f"{title} ({len(lines)}):", *(f"  {line}" for line in lines)]) if lines else ""
    )

"""What `make bench` measured: as text for a terminal, as a table and a plot in docs/speed.md."""

from xml.sax.saxutils import escape

from benchmarks.sites import ROOT

PAGE = ROOT / "docs" / "speed.md"
PLOT = ROOT / "docs" / "speed-side-by-side.svg"
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"

HEADS = (
    "page", "who", "a CPU second", "to the file", "to Django", "CPU a request",
    "a second", "p50", "p99", "queries", "bytes",
)  # fmt: skip


def write(results):
    """Put table and plot of these results into the documentation, in place of the last ones."""
    PLOT.write_text(plot(results))
    before, _begin, rest = PAGE.read_text().partition(BEGIN)
    _old, _end, after = rest.partition(END)
    told = ", ".join(f"{name} {version}" for name, version in results["with"])
    words = f"""Measured on {results["made_at"]} in {results["rounds"]} rounds, with {told}.

![Requests a second of processor time](speed-side-by-side.svg)

{_table(("aim", "reached", "at least"), _aims(results))}

{_table(HEADS, map(_row, results["lines"]))}

Memory of a worker after all this (RSS, and PSS, which shares out what processes share):
{_memory(results)}."""
    PAGE.write_text(f"{before}{BEGIN}\n{words}\n{END}{after}")


def as_text(results):
    rows = [HEADS, *map(_row, results["lines"])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    lines += ["", *(": ".join((what, f"{got} (aim: {aim})")) for what, got, aim in _aims(results))]
    return "\n".join(["", *lines, "", f"Memory: {_memory(results)}"])


def _table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(line):
    return (
        f"{line['page']}, {line['way']}", line["who"], number(line["per_cpu_second"]),
        _or_nothing(line["to_file"]), _or_nothing(line["to_django"]), f"{line['cpu_ms']:.3g} ms",
        number(line["per_second"]), f"{line['p50']:.3g} ms", f"{line['p99']:.3g} ms",
        "" if line["queries"] is None else str(line["queries"]), f"{line['bytes']:,}",
    )  # fmt: skip


def _aims(results):
    return [(what, number(got), number(aim)) for what, got, aim in results["aims"]]


def _memory(results):
    sizes = (
        f"{who} {rss / 1e6:.0f} MB ({pss / 1e6:.0f} MB)"
        for who, (rss, pss) in results["memory"].items()
    )
    return ", ".join(sizes)


def number(value):
    """Three figures, as people read them: 0.732, 7.32, 73.2, 732, 7,320, 73,200."""
    if value >= 100:
        power = 10 ** max(0, len(str(int(value))) - 3)
        return f"{round(value / power) * power:,}"
    return f"{value:.3g}"


def _or_nothing(value):
    return "" if value is None else number(value)


# The plot: one panel of bars for pages that are ready, one for those that must be made.

WIDE, LEFT, BAR, GAP, PANEL = 760, 250, 22, 10, 44
STYLE = """text { font: 14px system-ui, sans-serif; fill: #1c1e21 }
.head { font-weight: 600 } .ours { fill: #0b6b6b } .others { fill: #8a8f98 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e6e3 } .ours { fill: #4fb3ae } .others { fill: #7b818b }
}"""


def plot(results):
    """An SVG of two panels, each with its own scale, readable on light and dark ground."""
    lines = [line for line in results["lines"] if line["page"] == "article"]
    ready = [line for line in lines if line["way"] != "cold"]
    anew = [line for line in lines if line["way"] == "cold"]
    parts, y = [], 0
    for head, some in (
        ("Ready: the article with 300 comments, requests a second of processor time", ready),
        ("Rendered anew: the same for each request, after a change", anew),
    ):
        drawn, y = _panel(head, some, y)
        parts += drawn
    label = "Requests a second of processor time, by server"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {y}" role="img" '
            f'aria-label="{label}">',
            f"<title>{label}</title>", f"<style>{STYLE}</style>", *parts, "</svg>\n",
        )
    )  # fmt: skip


def _panel(head, lines, y):
    """(elements, where the next panel begins)."""
    longest = max(line["per_cpu_second"] for line in lines)
    parts = [f'<text class="head" x="0" y="{y + 22}">{escape(head)}</text>']
    y += PANEL
    for line in sorted(lines, key=lambda line: -line["per_cpu_second"]):
        value = line["per_cpu_second"]
        wide = max(1, round((WIDE - LEFT - 80) * value / longest))
        kind = "ours" if "this application" in line["who"] else "others"
        name = f"{line['who']}{', 304' if line['way'] == '304' else ''}"
        middle = y + BAR * 0.7
        parts += [
            f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{wide}" height="{BAR}" rx="2"/>',
            f'<text x="{LEFT + wide + 8}" y="{middle}">{number(value)}</text>',
        ]
        y += BAR + GAP
    return parts, y + GAP

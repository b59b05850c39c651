"""The order that an editor gives to rows by their numbers."""


def in_order(rows):
    """Rows in the order that their numbers ask for.

    `rows` are (row, number it had, number it was given) in the order in which they stood, None for
    no number. Who gives a row the number of another one means its place: a row that moves up comes
    before that other one, a row that moves down after it. Rows without a number come last.
    """
    return [row for row, _had, _given in sorted(rows, key=_place)]


def _place(row):
    _row, had, given = row
    if given is None:
        return (1, 0, 0)
    down = had is not None and given > had
    return (0, given, 0 if given == had else 1 if down else -1)

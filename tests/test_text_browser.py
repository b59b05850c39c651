"""A reader in a text browser: w3m in a terminal of its own, with its own keys."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import pytest

from comments import pages, receipts
from comments.models import Comment, Flag, Policy
from tests.factories import make_comment, make_forum, make_post

pytestmark = [pytest.mark.text_browser, pytest.mark.django_db(transaction=True)]

SECONDS = 30
# The ways of the cursor and other codes of a terminal, and its padding.
NOT_WORDS = re.compile(r"\x1b[\[(][0-9;?]*[A-Za-z]?|[\x00-\x20]")
ENTER, TAB = "\r", "\t"


@pytest.fixture
def home(tmp_path):
    """What w3m sees of the machine: a home of its own, where it may keep its history."""
    return {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TERM": "vt100", "LANG": "C.UTF-8"}


@pytest.fixture
def read(live_server, home):
    """`read(address)` gives a page as w3m writes it, wide enough that no sentence is broken."""

    def dumped(address):
        command = ["w3m", "-dump", "-cols", "300", "-O", "UTF-8", f"{live_server.url}{address}"]
        return subprocess.run(
            command, env=home, capture_output=True, text=True, check=True, timeout=SECONDS
        ).stdout

    return dumped


class Terminal:
    """w3m as somebody uses it. What it writes is waited for, never a time."""

    def __init__(self, address, home):
        process, self.screen = pty.fork()
        if not process:
            # Most of a form at once.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 70, 120, 0, 0))
            os.execvpe("w3m", ["w3m", "-o", "confirm_qq=0", address], home)  # noqa: S606
        self.written = ""

    def wait_for(self, words):
        """Read on until `words` have been written since they were last waited for.

        Spaces don't count: w3m does not write again what stands there already.
        """
        words = words.replace(" ", "")
        until = time.monotonic() + SECONDS
        while words not in self.written:
            ready, _, _ = select.select([self.screen], [], [], max(0, until - time.monotonic()))
            assert ready, f"w3m did not write “{words}” but {self.written[-2000:]!r}"
            came = os.read(self.screen, 65536).decode(errors="replace")
            self.written += NOT_WORDS.sub("", came)
        self.written = self.written.rpartition(words)[2]

    def press(self, keys):
        os.write(self.screen, keys.encode())

    def find(self, words):
        """Go to where these words stand on the page."""
        self.press("/")
        self.wait_for("Forward:")
        self.press(words + ENTER)

    def fill(self, words):
        """Type into the field under the cursor."""
        self.press(ENTER)
        self.wait_for("TEXT:")
        self.press(words + ENTER)

    def close(self):
        self.press("Q")
        os.close(self.screen)


@pytest.fixture
def terminal(live_server, home, tmp_path, settings):
    """`terminal(address, text)`: w3m at a page; `text` is what its editor puts into a text box."""
    # w3m says where a form came from by Referer alone.
    settings.SITE_ORIGINS = [live_server.url]
    opened = []

    def open_(address, text=""):
        (tmp_path / "typed").write_text(text)
        editor = tmp_path / "editor"
        editor.write_text(f'#!/bin/sh\ncat "{tmp_path}/typed" > "$1"\n')
        editor.chmod(0o700)
        opened.append(Terminal(f"{live_server.url}{address}", home | {"EDITOR": str(editor)}))
        return opened[-1]

    yield open_
    for each in opened:
        each.close()


def test_a_thread_reads_from_top_to_bottom_and_can_be_sorted_and_paged(read, monkeypatch):
    monkeypatch.setattr(pages, "THREADS_ON_A_PAGE", 2)
    forum = make_forum(make_post("Snow on the Lowari road", summary="Open by noon."))
    first = make_comment(forum, name="Zarghuna", place="Chitral", text="The bus came.")
    make_comment(parent=first, name="هیله", language="ps", text="زه له تا سره یو یم.")
    make_comment(forum, name="Jack", text="It was late.")
    make_comment(forum, name="Mir", text="I walked.")
    address = forum.post.get_absolute_url()
    assert "Snow on the Lowari road" in read("/")
    text = read(address)
    told = [
        "Skip to the text", "Snow on the Lowari road", "4 comments", "Comment Sorting",
        "by: Zarghuna from: Chitral", "The bus came.", "In Response", "by: هیله",
        "زه له تا سره یو یم.", "by: Jack", "Page 1 of 2", "Write a comment", "A pen name is fine.",
    ]  # fmt: skip
    places = [text.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)
    assert "by: Mir" not in text
    assert "by: Mir" in read(f"{address}?page=2")
    newest = read(f"{address}?sort=newest")
    assert newest.index("by: Mir") < newest.index("by: Jack")


def write(browser, words):
    """Fill in the form of a comment and send it; `words` are what the editor types."""
    browser.wait_for("Viewing")
    browser.find("pen name")
    browser.press(TAB)
    browser.fill("Zarghuna")
    browser.press(TAB)
    browser.fill("Chitral")
    browser.press(TAB + ENTER)
    browser.wait_for(words)
    browser.find("Send the")
    browser.press(ENTER)
    browser.wait_for("It is on the page")


def test_a_reader_comments_replies_and_reads_the_receipt(terminal, read):
    Policy(least_seconds=0).save()
    forum = make_forum()
    write(terminal(f"{forum.post.get_absolute_url()}comments/", "The bus came."), "The bus came.")
    write(terminal(f"{Comment.objects.get().get_absolute_url()}reply/", "No."), "No.")
    comment, reply = Comment.objects.order_by("pk")
    assert (comment.name, comment.place, comment.text) == ("Zarghuna", "Chitral", "The bus came.")
    assert (reply.parent, reply.text) == (comment, "No.")
    assert "It is on the page" in read(receipts.receipt_address(comment))
    assert "The bus came." in read(forum.post.get_absolute_url())


def test_a_reader_reports_a_comment(terminal):
    comment = make_comment(make_forum(), name="Jack", text="You fools.")
    browser = terminal(f"{comment.get_absolute_url()}report/", "He means us.")
    browser.wait_for("Viewing")
    browser.find("It insults")
    # The answer's button stands before its words.
    browser.press("\x1b\t" + ENTER)
    browser.find("Only moderators")
    browser.press(TAB + ENTER)
    browser.wait_for("He means us.")
    browser.find("Send the report")
    browser.press(ENTER)
    browser.wait_for("Thank you for the report")
    assert (Flag.objects.get().why, Flag.objects.get().words) == ("insult", "He means us.")

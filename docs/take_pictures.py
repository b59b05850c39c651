"""Takes the guides' pictures, of editors' and readers' pages: `python docs/take_pictures.py`.

Needs Chromium. A demo of its own is made in a temporary folder, served, used as editors and readers
use it, and thrown away.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "pictures"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SECONDS_TO_START = 180
POSTS = "/admin/posts/post/"
LARGEST = 150_000
FROM_CHITRAL = {"name": "Zarghuna", "place": "Chitral", "text": "The road was open by noon."}
FROM_LAHORE = {"name": "زرغونہ", "place": "لاہور", "text": "راستہ دوپہر تک کھل گیا تھا۔"}
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><rdf:Description
 photoshop:Credit="Radio archive" photoshop:Instructions="Not before Friday.">
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">د کابل سیند په پسرلي کې</rdf:li></rdf:Alt>
 </dc:description><dc:creator><rdf:Seq><rdf:li>Zarghuna Kakar</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@contextmanager
def a_demo():
    """(address, {role: (name, password)}) of a demo that is served while the block runs."""
    folder = Path(tempfile.mkdtemp())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"GANDHARA_DATA": str(folder), "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "gandhara.start"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(port, server)
        signins = {}
        for line in (folder / "demo-signins.txt").read_text().splitlines():
            role, name, password = line.split()
            signins[role] = name, password
        yield address, signins
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def _wait_for(port, server):
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit("The demo did not start; `make run` says why.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("The demo did not answer in time.")


class Editor:
    """Somebody at a screen: a signed-in browser window, and how pictures are taken of it."""

    def __init__(self, browser, address, signin, viewport=WIDE, language="en", **options):
        self.context = browser.new_context(viewport=viewport, base_url=address, **options)
        self.page = self.context.new_page()
        self.page.goto("/admin/login/?next=/admin/")
        name, password = signin
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", password)
        self.page.click("input[type=submit]")
        self.page.goto("/admin/language-and-time/")
        self.page.select_option("#id_language", language)
        self.page.select_option("#id_zone", "Europe/Prague")
        self.page.locator("#content form").locator("[type=submit]").click()

    def go(self, address):
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def change(self, headline):
        """The address of the page on which the post with this headline is changed."""
        self.page.goto(f"{POSTS}?q={headline}")
        return (
            self.page.locator("#result_list tbody th a")
            .first.get_attribute("href")
            .partition("?")[0]
        )

    def take(self, name, of=None, whole=False):
        """A picture of the window, of all of the page, or of one element."""
        path = INTO / f"editors-{name}.jpg"
        target = self.page.locator(of).first if of else self.page
        options = {} if of else {"full_page": whole}
        target.screenshot(path=path, type="jpeg", quality=82, **options)
        print(path.relative_to(ROOT))


def desk(editor, dari):
    editor.go("/admin/")
    editor.take("desk")
    dari.go("/admin/")
    dari.take("desk-dari")


def writing(editor, phone):
    page = editor.go(editor.change("Village Under The Lake"))
    page.evaluate("document.querySelector('.module').scrollIntoView()")
    editor.take("form")
    page.locator("fieldset", has=page.locator("#id_status")).screenshot(
        path=INTO / "editors-publishing.jpg", type="jpeg", quality=82
    )
    editor.go(editor.change("کاریز"))
    editor.take("form-pashto", of=".field-body")
    phone.go(phone.change("Village Under The Lake"))
    phone.take("form-phone")


def byline(editor):
    page = editor.go(editor.change("Village Under The Lake"))
    row = page.locator("#bylines-group .add-row a")
    row.click()
    editor.take("byline", of="#bylines-group")


def two_at_once(editor, chief):
    address = editor.change("Fifty Grams")
    chief.go(address)
    editor.go(address)
    chief.page.fill("#id_summary", "Fifty grams of bread a day, and what is said about it.")
    chief.page.locator("input[name=_continue]").first.click()
    editor.page.fill(
        "#id_summary", "Fifty grams of bread a day, weighed by the woman who bakes it."
    )
    editor.page.locator("input[name=_continue]").first.click()
    editor.page.wait_for_load_state("networkidle")
    editor.take("conflict")
    editor.page.locator("input[name=_continue]").first.click()
    editor.go(address.replace("/change/", "/revisions/"))
    editor.take("revisions")
    editor.go(address.replace("/change/", "/previews/"))
    editor.page.get_by_role("button", name="Make a secret address").click()
    editor.take("preview")


def photos(editor):
    page = editor.go("/admin/posts/photo/")
    editor.take("library")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state("networkidle")
    editor.take("focal")
    page = editor.go("/admin/posts/photo/add/")
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "steelblue").save(picture, "JPEG", xmp=XMP.encode())
    page.set_input_files(
        "#id_file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.locator("#photo-reading [role=status]", has_text="check").wait_for()
    editor.take("read")


def front(editor):
    editor.go("/admin/posts/placement/")
    editor.take("front")


def corrected(editor):
    address = editor.change("Orange Pegs")
    page = editor.go(address)
    page.fill(
        "#id_corrections-0-text",
        "An earlier version said that the pegs are of steel. They are of iron.",
    )
    page.locator("input[name=_save]").first.click()
    page.goto("/corrections/")
    editor.take("corrections")


class Reader:
    """Somebody without an account, at a screen of one size and in one language."""

    def __init__(self, browser, address, language, viewport, name, **options):
        self.prefix = "" if language == "en" else f"/{language}"
        self.name = name
        self.page = browser.new_context(
            viewport=viewport, base_url=address, reduced_motion="reduce", **options
        ).new_page()

    def go(self, address):
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def take(self, what):
        take_small(self.page, f"readers-{what}-{self.name}.jpg")


def take_small(page, name):
    """A picture of the window in a file that is soon there on a slow line."""
    quality = 82
    while len(picture := page.screenshot(type="jpeg", quality=quality)) > LARGEST:
        quality -= 8
    (INTO / name).write_bytes(picture)
    print((INTO / name).relative_to(ROOT))


def open_thread(page):
    """The address of the first post on a front page that has comments and takes more."""
    found = page.locator(".summary:has(a[href$='#forum']) h2 a")
    for address in [link.get_attribute("href") for link in found.all()]:
        page.goto(address)
        if page.locator("#comment-form").count():
            return address
    sys.exit("No post on the front page takes comments.")


def reading(reader, comment):
    """Front page, article, thread, form, a form given back, and a receipt."""
    page = reader.go(f"{reader.prefix}/")
    reader.take("front")
    post = open_thread(page)
    reader.take("article")
    page.evaluate("document.querySelector('#forum').scrollIntoView()")
    reader.take("thread")
    reader.go(f"{post}comments/")
    reader.take("form")
    page.locator("form.comment-form [type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    reader.take("refused")
    for field, words in comment.items():
        page.fill(f"[name={field}]", words)
    page.locator("form.comment-form [type=submit]").first.click()
    page.wait_for_url("**/receipt/**")
    reader.take("receipt")


def readers(browser, address, moderator):
    reading(Reader(browser, address, "en", WIDE, "wide"), FROM_CHITRAL)
    reading(Reader(browser, address, "en", PHONE, "phone"), FROM_CHITRAL | {"text": "Thank you."})
    reading(Reader(browser, address, "ur", WIDE, "rtl-wide"), FROM_LAHORE)
    reading(Reader(browser, address, "ur", PHONE, "rtl-phone"), FROM_LAHORE | {"text": "شکریہ!"})
    dark = Reader(browser, address, "en", PHONE, "dark", color_scheme="dark")
    dark.go("/")
    dark.take("front")
    for language, side in (("en", ""), ("ur", "rtl-")):
        for viewport, size in ((WIDE, "wide"), (PHONE, "phone")):
            desk = Editor(browser, address, moderator, viewport=viewport, language=language)
            take_small(desk.go("/admin/comments/comment/desk/"), f"readers-desk-{side}{size}.jpg")


def main():
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        sys.exit("Chromium is missing. Get it with: apt-get install chromium")
    with a_demo() as (address, signins), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        person = signins["editor"]
        editor = Editor(browser, address, person)
        desk(editor, Editor(browser, address, person, language="fa"))
        writing(editor, Editor(browser, address, person, viewport=PHONE))
        byline(editor)
        photos(editor)
        front(editor)
        two_at_once(editor, Editor(browser, address, signins["superuser"]))
        corrected(editor)
        readers(browser, address, signins["moderator"])
        browser.close()


if __name__ == "__main__":
    main()

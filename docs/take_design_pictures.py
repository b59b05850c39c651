"""Takes the pictures of the design: `python docs/take_design_pictures.py` (needs Chromium).

As those of the guides, they are taken of a demo that is made for this and thrown away.
"""

import io
import shutil

from PIL import Image
from playwright.sync_api import sync_playwright
from take_pictures import INTO, ROOT, WIDE, a_demo

PHONE = {"width": 360, "height": WIDE["height"]}
TABLE = "#cfc8b8"  # what the pages of a picture lie on
MARGIN = 30


def window(browser, address, path, viewport, *, follow="", at="", scheme="light"):
    """What a window shows of a page, after the link `follow`, scrolled to the element `at`."""
    context = browser.new_context(viewport=viewport, base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    if follow:
        page.locator(follow).first.click()
        page.wait_for_load_state()
    if at:
        page.locator(at).first.evaluate("each => each.scrollIntoView()")
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def lay(name, *pictures):
    """Write one picture of several windows of the same height, side by side."""
    width = sum(picture.width + MARGIN for picture in pictures) + MARGIN
    table = Image.new("RGB", (width, pictures[0].height + 2 * MARGIN), TABLE)
    at = MARGIN
    for picture in pictures:
        table.paste(picture, (at, MARGIN))
        at += picture.width + MARGIN
    file = INTO / f"{name}.jpg"
    table.save(file, quality=60, optimize=True, progressive=True)
    print(file.relative_to(ROOT))


def main():
    with a_demo() as (address, _signins), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )

        def look(*args, **options):
            return window(browser, address, *args, **options)

        lay("front", look("/", WIDE), look("/ur/", PHONE, follow=".lead h2 a", scheme="dark"))
        thread = {"follow": "text=In The First Book", "at": ".forum"}
        lay("design-thread", look("/", WIDE, **thread), look("/", PHONE, **thread, scheme="dark"))
        browser.close()


if __name__ == "__main__":
    main()

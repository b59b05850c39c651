"""axe-core in a real Chromium over every kind of page: no violation, no doubt left unread."""

from importlib.resources import files

import pytest

from posts.languages import LANGUAGES
from tests.every_page import address_of, in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
PHONE = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a colour scheme and the width of a window change.
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
IN_FULL = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
LOOK_ONLY = {"runOnly": {"type": "rule", "values": BY_LOOK}}
RUN = """async options => {
    const found = await axe.run(document, {...options, preload: false, resultTypes: ["violations"]});
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`));
}"""
# In Dari and Urdu, which share Pashto's direction, only what has most in it.
MOST = ("front page", "article with a photo, closed", "article with a thread, open")


def wrong_on(page, in_dark):
    """What axe finds on a phone in light colours, and `in_dark` ones in a wide window."""
    page.evaluate(AXE)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    light = [f"light, 320 px, {line[:160]}" for line in page.evaluate(RUN, IN_FULL)]
    if not in_dark:
        return light
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="dark")
    return light + [f"dark, 1280 px, {line[:160]}" for line in page.evaluate(RUN, LOOK_ONLY)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_page_colour_scheme_or_width(chromium, every_page, language):
    pages = [each for each in every_page if each.language == language]
    if language not in ("en", "ps"):
        pages = [each for each in pages if each.kind in MOST]
    # The site's policy forbids the script that axe is.
    with in_browser(chromium, every_page, bypass_csp=True) as context:
        page = context.new_page()
        wrong = {}
        for each in pages:
            page.goto(address_of(each))
            # Colours are the same in every language.
            if lines := wrong_on(page, in_dark=language == "en" or each.kind in MOST):
                wrong[str(each)] = lines
    assert pages
    assert not wrong, "\n".join(f"{where}: {line}" for where in wrong for line in wrong[where])

"""What axe can't see of WCAG 2.2, measured in a real Chromium over every kind of page."""

import pytest

from tests.every_page import address_of, in_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NARROWEST = {"width": 320, "height": 640}
both_directions = pytest.mark.parametrize("language", ["en", "ps"])

# How far the page is wider than its window, and what reaches out of it.
TOO_WIDE = """() => {
    const root = document.documentElement, room = root.clientWidth;
    if (root.scrollWidth <= room) return [];
    const out = [...document.body.querySelectorAll("*")].filter(element => {
        const box = element.getBoundingClientRect();
        return box.right > room + 1 || box.left < -1;
    });
    return [`${root.scrollWidth} px: ` + out.slice(0, 3).map(element => element.outerHTML.slice(0, 90))];
}"""
# WCAG 2.2, 2.5.8: 24 px each way. A link inside of a sentence is excepted.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(element => element.checkVisibility() && element.type !== "hidden"
        && !element.closest("[aria-hidden=true], .unseen, .skip"))
    .flatMap(element => {
        const own = element.closest("label.choice") ?? element;
        const boxes = [...own.getClientRects()];
        const width = Math.max(...boxes.map(box => box.width));
        const height = own.getBoundingClientRect().height;
        const block = element.closest("p, li, dd, td, figcaption, h1, h2, h3") ?? element.parentElement;
        const inSentence = getComputedStyle(element).display === "inline"
            && block.innerText.replace(element.innerText, "").trim().length > 0;
        return !inSentence && (width < 23.99 || height < 23.99)
            ? [`${width.toFixed(1)} × ${height.toFixed(1)}: ${element.outerHTML.slice(0, 120)}`] : [];
    })"""
# WCAG 2.2, 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }"""
# Text that its own box cuts off; what is only for screen readers is meant to be.
CUT_OFF = """() => [...document.body.querySelectorAll("*")]
    .filter(element => !element.closest(".unseen, .trap, .skip, .teaser, textarea, .wide-table, pre, table"))
    .filter(element => getComputedStyle(element).overflow === "hidden"
        && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1))
    .map(element => element.outerHTML.slice(0, 120))"""


def told(wrong):
    return "\n".join(f"{where}: {line}" for where, line in wrong)


@both_directions
def test_no_page_scrolls_sideways_or_loses_words_and_no_target_is_too_small(
    chromium, every_page, language
):
    """At 320 px (1.4.10), with spaced text (1.4.12), and with text twice as large (1.4.4)."""
    wrong, seen = [], 0
    with in_browser(chromium, every_page, viewport=NARROWEST, bypass_csp=True) as context:
        page = context.new_page()
        for each in every_page:
            if each.language != language:
                continue
            seen += 1
            page.set_viewport_size(NARROWEST)
            page.goto(address_of(each))
            found = page.evaluate(TOO_WIDE) + page.evaluate(TOO_SMALL)
            page.add_style_tag(content=SPACED)
            found += [
                f"spaced, {line}" for line in page.evaluate(TOO_WIDE) + page.evaluate(CUT_OFF)
            ]
            page.set_viewport_size({"width": 640, "height": 640})
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found += [f"twice as large, {line}" for line in page.evaluate(TOO_WIDE)]
            wrong += [(each, line) for line in found]
    assert seen >= 45
    assert not wrong, told(wrong)


# With the keyboard

FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const boxes = [...element.getClientRects()], style = getComputedStyle(element);
    // Of a box that is taller than the window, the part inside of it counts.
    const inside = (from, to, room) => (Math.max(from, 0) + Math.min(to, room)) / 2;
    const middle = boxes.map(box => [
        inside(box.left, box.right, innerWidth), inside(box.top, box.bottom, innerHeight),
    ]);
    const seen = middle.some(([x, y]) => {
        const at = document.elementFromPoint(x, y);
        return at && (element.contains(at) || at.contains(element));
    });
    return {
        html: element.outerHTML.slice(0, 120),
        inOrder: [...document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex='0']")]
            .indexOf(element),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen,
    };
}"""
WALKED = ("front page", "article with a thread, open", "form with errors", "report with errors")


@both_directions
def test_focus_goes_through_a_page_in_order_and_is_always_seen(chromium, every_page, language):
    """WCAG 2.2, 2.4.3, 2.4.7 and 2.4.11: in the order of the page, with an outline, uncovered."""
    wrong, steps = [], 0
    # Scrolling that takes its time would be measured on its way.
    options = {"viewport": NARROWEST, "reduced_motion": "reduce"}
    with in_browser(chromium, every_page, **options) as context:
        page = context.new_page()
        for each in every_page:
            if each.language != language or each.kind not in WALKED:
                continue
            page.goto(address_of(each))
            # A radio group is one stop, so what follows is counted as it comes.
            before = -1
            while True:
                page.keyboard.press("Tab")
                now = page.evaluate(FOCUSED)
                if now is None or now["inOrder"] < 0 or now["inOrder"] == before:
                    break
                steps += 1
                if now["inOrder"] < before:
                    break
                before = now["inOrder"]
                if not now["outlined"]:
                    wrong.append((each, f"no outline on {now['html']}"))
                if not now["seen"]:
                    wrong.append((each, f"covered: {now['html']}"))
            assert before > 15, (each, before)
    assert steps > 120
    assert not wrong, told(wrong)


@both_directions
def test_the_first_tab_shows_a_way_past_the_masthead(chromium, every_page, language):
    (front,) = [
        each for each in every_page if each.language == language and each.kind == "front page"
    ]
    with in_browser(chromium, every_page, viewport=NARROWEST) as context:
        page = context.new_page()
        page.goto(address_of(front))
        link = page.locator(".skip")
        assert not link.bounding_box() or link.bounding_box()["y"] < 0
        page.keyboard.press("Tab")
        box = link.bounding_box()
        assert box["y"] >= 0
        assert 0 <= box["x"] <= 320 - box["width"]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@both_directions
def test_the_list_over_a_refused_form_leads_into_its_fields(chromium, every_page, language):
    (form,) = [
        each for each in every_page if each.language == language and each.kind == "form with errors"
    ]
    with in_browser(chromium, every_page, viewport=NARROWEST) as context:
        page = context.new_page()
        page.goto(address_of(form))
        links = page.get_by_role("alert").get_by_role("link")
        assert links.count() == 3
        for number, name in enumerate(("name", "place", "text")):
            links.nth(number).focus()
            page.keyboard.press("Enter")
            page.wait_for_function(f"location.hash === '#comment-form-{name}'")
            assert page.evaluate("document.activeElement.name") == name

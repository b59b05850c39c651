"""Rows put in order in a real Chromium: with the mouse, by touch, by keys, and by their numbers."""

import pytest

from posts.models import Placement, Post, RelatedPost
from tests.factories import make_author, make_editor, make_post, make_section
from tests.test_browser import PHONE, WIDE, groups, open_page, sign_in  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARRANGE = "/admin/posts/placement/"


def change_page(post):
    return f"/admin/posts/post/{post.pk}/change/"


def handle(page, name):
    return page.get_by_role("button", name=f"Move: {name}", exact=True)


def drag(page, name, onto):
    """Take a row by its handle and let it go over another one."""
    handle(page, name).scroll_into_view_if_needed()
    start, end = handle(page, name).bounding_box(), handle(page, onto).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    below = end["y"] > start["y"]
    page.mouse.move(end["x"] + 8, end["y"] + end["height"] * (0.9 if below else 0.1), steps=6)
    page.mouse.up()


def save(page):
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/admin/posts/post/")


def numbers(page, prefix="bylines"):
    """The numbers of the rows as they stand on the page, the new ones included."""
    rows = page.locator(f"#{prefix}-group tr.form-row:not(.empty-form)")
    return [
        row.locator("input[data-move]").input_value()
        for row in rows.all()
        if row.locator("input[data-move]").count()
    ]


@pytest.fixture
def expect():
    from playwright.sync_api import expect

    return expect


def test_a_byline_is_dragged_and_moved_by_keys_and_stands_so_on_the_page(
    open_page,  # noqa: F811
    expect,
):
    names = ["Zahir", "Frud", "Amir", "Monawar"]
    post = make_post("Together", authors=[make_author(name) for name in names])
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    drag(page, "Monawar", onto="Zahir")
    expect(page.get_by_text("Monawar is now at place 1 of 5.")).to_be_attached()
    drag(page, "Zahir", onto="Amir")
    assert numbers(page) == ["1", "2", "3", "4", "5"]

    handle(page, "Frud").focus()
    page.keyboard.press("ArrowUp")
    expect(handle(page, "Frud")).to_be_focused()
    expect(page.get_by_text("Frud is now at place 1 of 5.")).to_be_attached()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    save(page)

    assert [str(author) for author in post.byline] == ["Frud", "Monawar", "Amir", "Zahir"]
    assert [line.position for line in post.bylines.all()] == [1, 2, 3, 4]
    page.goto(post.get_absolute_url())
    assert page.get_by_text("-- Frud, Monawar, Amir and Zahir").is_visible()


def test_a_byline_is_dragged_with_a_finger(open_page):  # noqa: F811
    post = make_post(authors=[make_author(name) for name in ("Zahir", "Frud", "Amir")])
    page = open_page(viewport=PHONE, has_touch=True)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    handle(page, "Amir").scroll_into_view_if_needed()
    start, end = handle(page, "Amir").bounding_box(), handle(page, "Zahir").bounding_box()
    touch = page.context.new_cdp_session(page)
    x = start["x"] + 10

    def finger(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    finger("touchStart", {"x": x, "y": start["y"] + 10})
    for part in range(1, 11):
        finger("touchMove", {"x": x, "y": start["y"] + 10 + (end["y"] - start["y"]) * part / 10})
    finger("touchEnd")
    save(page)
    assert [str(author) for author in post.byline] == ["Amir", "Zahir", "Frud"]


def test_a_typed_number_moves_its_row_there(open_page):  # noqa: F811
    post = make_post(authors=[make_author(name) for name in ("Zahir", "Frud", "Amir")])
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    field = page.locator("#id_bylines-2-position")
    field.fill("1")
    field.blur()
    assert numbers(page) == ["1", "2", "3", "4"]
    first = page.locator("#bylines-group tr.form-row").first
    assert "Amir" in first.inner_text()
    save(page)
    assert [str(author) for author in post.byline] == ["Amir", "Zahir", "Frud"]


def test_a_row_that_is_added_dragged_and_taken_out_again_breaks_no_stored_row(
    open_page, expect  # noqa: F811
):  # fmt: skip
    post = make_post(authors=[make_author(name) for name in ("Zahir", "Frud")])
    amir = make_author("Amir")
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    page.locator("#bylines-group .add-row a").click()
    added = page.locator("#bylines-3")
    expect(added.locator(".ordering-handle")).to_be_visible()
    added.locator(".select2-selection").click()
    page.locator(".select2-results__option", has_text="Amir").click()
    # Before the stored rows, the empty one among them; then the empty one is taken out.
    added.locator(".ordering-handle").focus()
    for _each in range(3):
        page.keyboard.press("ArrowUp")
    assert "Amir" in page.locator("#bylines-group tr.form-row").first.inner_text()
    page.locator("#bylines-2 .inline-deletelink").click()
    expect(page.locator("#bylines-3")).to_have_count(0)
    assert "Amir" in page.locator("#bylines-group tr.form-row").first.inner_text()
    save(page)
    assert post.byline == [amir, *post.byline[1:]]
    assert [str(author) for author in post.byline] == ["Amir", "Zahir", "Frud"]


def test_a_form_that_comes_back_with_an_error_keeps_the_order_that_was_dragged(open_page):  # noqa: F811
    post = make_post(authors=[make_author(name) for name in ("Zahir", "Frud", "Amir")])
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    drag(page, "Amir", onto="Zahir")
    page.fill("#id_slug", "a b/c")
    page.locator("input[name=_save]").first.click()
    page.locator(".errornote").first.wait_for()
    assert "Amir" in page.locator("#bylines-group tr.form-row").first.inner_text()
    assert numbers(page) == ["1", "2", "3", "4"]
    page.fill("#id_slug", "a-b-c")
    save(page)
    assert [str(author) for author in post.byline] == ["Amir", "Zahir", "Frud"]


def test_related_posts_are_dragged(open_page):  # noqa: F811
    post, one, two = make_post("Of it"), make_post("One"), make_post("Two")
    for other in (one, two):
        RelatedPost.objects.create(post=post, other=other)
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    drag(page, "Two", onto="One")
    save(page)
    page.goto(post.get_absolute_url())
    assert page.locator(".related li a").all_inner_texts() == ["Two", "One"]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["360", "1280"])
def test_the_front_page_is_arranged_by_dragging_and_by_adding(open_page, viewport):  # noqa: F811
    section = make_section("Region")
    for number, headline in enumerate(("First", "Second", "Third"), 1):
        Placement.objects.create(post=make_post(headline), position=number)
    Placement.objects.create(post=make_post("Pinned"), section=section, position=1)
    make_post("Newcomer")
    page = open_page(viewport=viewport)
    sign_in(page, make_editor())
    page.goto(ARRANGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    drag(page, "Third", onto="First")
    page.locator(".place-new .select2-selection").click()
    page.locator(".select2-results__option", has_text="Newcomer").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Readers see it as you arranged it.").wait_for()
    page.goto("/")
    assert page.locator(".summary h2").all_inner_texts() == [
        "Third", "First", "Second", "Newcomer", "Pinned",
    ]  # fmt: skip
    assert page.locator(".summary.lead h2").inner_text() == "Third"


def test_without_script_numbers_arrange_the_front_page_and_a_byline(open_page):  # noqa: F811
    authors = [make_author(name) for name in ("Zahir", "Frud")]
    for number, headline in enumerate(("First", "Second"), 1):
        post = make_post(headline, authors=authors)
        Placement.objects.create(post=post, position=number)
    page = open_page(script=False, viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(ARRANGE)
    assert page.locator(".ordering-handle").count() == 0
    page.locator("#id_form-1-position").fill("1")
    page.get_by_role("button", name="Save").click()
    page.goto("/")
    assert page.locator(".summary.lead h2").inner_text() == "Second"
    page.goto(change_page(post))
    page.locator("#id_bylines-1-position").fill("1")
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/admin/posts/post/")
    assert [str(author) for author in Post.objects.get(pk=post.pk).byline] == ["Frud", "Zahir"]


def test_sections_are_dragged_in_their_list_but_not_in_a_search(open_page, expect):  # noqa: F811
    for name in ("Afghanistan", "Pakistan", "Region"):
        make_section(name)
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto("/admin/posts/section/?q=a")
    expect(page.locator("input[data-move]")).to_have_count(2)
    assert page.locator(".ordering-handle").count() == 0
    page.goto("/admin/posts/section/")
    drag(page, "Region", onto="Afghanistan")
    page.locator("input[name=_save]").click()
    page.locator(".success").wait_for()
    page.goto("/admin/posts/section/")
    names = page.locator("#result_list th.field-name").all_inner_texts()
    assert names == ["Region", "Afghanistan", "Pakistan"]


def test_a_number_that_was_typed_and_a_click_on_save_at_once_save_it(open_page):  # noqa: F811
    names = ["Zahir", "Frud", "Amir"]
    post = make_post("Together", authors=[make_author(name) for name in names])
    page = open_page(viewport=WIDE)
    sign_in(page, make_editor())
    page.goto(change_page(post))
    page.locator("#id_bylines-0-position").fill("3")
    # Where the button stands now: the click must not be lost because the page moves under it.
    button = page.locator("input[name=_save]").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/admin/posts/post/")
    assert [author.name for author in Post.objects.get().byline] == ["Frud", "Amir", "Zahir"]

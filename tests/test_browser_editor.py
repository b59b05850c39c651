"""Writing a post's body: languages of passages, link cards and pasting, in a real Chromium."""

import re

import pytest

from posts import body
from posts.models import Post
from tests.factories import make_editor, make_post
from tests.posts.pasted import DOCS, DOCS_KEPT, SAMPLES, WORD, WORD_KEPT
from tests.test_browser import WIDE, groups, open_page, sign_in  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = ".tiptap.ProseMirror"
# What a body may hold, in the form in which the editor writes it.
KEPT = [
    '<p lang="ur" dir="rtl">برف</p><p>The word <span lang="ps" dir="rtl">سولې</span> is peace.</p>',
    '<h2 lang="ps" dir="rtl">سوله</h2><h3>Three</h3><h4>Four</h4>',
    '<blockquote lang="ur" dir="rtl" cite="https://news.example/a"><p>برف</p></blockquote>',
    '<ul lang="ur" dir="rtl"><li><p>ایک</p></li></ul><ol start="3"><li lang="ps" dir="rtl"><p>درې</p>'
    "<p>more</p></li></ol>",
    '<p>a <span lang="ps" dir="rtl">x <strong>y</strong> <a href="/z" rel="noopener">z</a></span></p>',
    '<p><abbr title="North">N</abbr> <q lang="ur">q</q> <cite lang="ur">c</cite> <bdi>n</bdi></p>',
    "<p><u>u</u> <s>s</s> <small>m</small> <mark>k</mark> H<sub>2</sub>O m<sup>2</sup> <code>c</code></p>",
    '<p><a hreflang="ur" lang="ur" href="/a/o/" title="t" rel="noopener">own</a></p><p>a<br>b</p><hr>',
    '<figure lang="ur" dir="rtl"><img src="/static/icon.svg" alt="A" data-file="7"><figcaption lang="ps"'
    ' dir="rtl">c <em>d</em></figcaption></figure>',
    '<figure><img data-file="7" alt=""><figcaption>c</figcaption></figure>',
    "<figure><blockquote><p>q</p></blockquote><figcaption>who</figcaption></figure>",
    '<table lang="ur" dir="rtl"><caption>Votes</caption><tbody><tr><th scope="col" colspan="2"><p>A</p>'
    '</th></tr><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>',
    '<p class="link-card" lang="ur" dir="rtl"><a href="https://news.example/a?b=1&amp;c=2"'
    ' rel="noopener">برف &amp; سڑک</a> <bdi dir="ltr">news.example</bdi></p>',
    '<pre lang="en"><code>a\n\n  b</code></pre>',
    "<p>می\u200cشود \u2067x\u2069 10&nbsp;km</p>",
]  # fmt: skip


@pytest.fixture
def write(open_page):  # noqa: F811
    """`write(body, …)` opens a post in the editor: (page, post)."""

    def open_(html="", viewport=WIDE, language="en", **options):
        post = make_post("Snow", body=html, language=language)
        page = open_page(viewport=viewport, **options)
        sign_in(page, make_editor())
        page.goto(f"/admin/posts/post/{post.pk}/change/")
        page.wait_for_selector(BOX)
        return page, post

    return open_


def save(page, post):
    """The body as it is stored after a press on “Save”."""
    page.locator("input[name=_save]").first.click()
    page.wait_for_url("**/admin/posts/post/")
    post.refresh_from_db()
    return post.body


def paste(page, html="", text=""):
    page.evaluate(
        """([selector, html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            data.setData("text/plain", text);
            document.querySelector(selector).dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        [BOX, html, text],
    )


def choose(page, words):
    """Select words of the body as a mouse does."""
    page.wait_for_selector(BOX)
    page.evaluate(
        """([selector, words]) => {
            const walker = document.createTreeWalker(
                document.querySelector(selector), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                document.querySelector(selector).focus();
                getSelection().setBaseAndExtent(
                    walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
            throw new Error(`no ${words}`);
        }""",
        [BOX, words],
    )


def end_of_body(page):
    page.locator(BOX).click()
    page.keyboard.press("Control+End")


def language_of_passage(page):
    return page.get_by_label("Language of this passage")


def parts(html):
    """Tags, with their attributes in any order, and words."""
    parts = re.findall(r"<[^>]*>|[^<]+", html)
    return [sorted(re.findall(r'[\w-]+="[^"]*"|\A<\S+', part)) or part for part in parts]


def test_all_that_a_body_may_hold_outlives_typing_elsewhere(write):
    page, post = write("".join(KEPT) + "<p>End</p>")
    assert post.body == "".join(KEPT) + "<p>End</p>"
    end_of_body(page)
    page.keyboard.type(" of it")
    assert parts(save(page, post)) == parts("".join(KEPT) + "<p>End of it</p>")


def test_words_get_a_language_and_its_direction_and_lose_them_again(write):
    page, post = write("<p>They said امن to us.</p>")
    choose(page, "امن")
    language_of_passage(page).select_option("ur")
    assert save(page, post) == '<p>They said <span lang="ur" dir="rtl">امن</span> to us.</p>'

    page.goto(f"/admin/posts/post/{post.pk}/change/")
    choose(page, "امن")
    assert language_of_passage(page).input_value() == "ur"
    language_of_passage(page).select_option("As the post")
    assert save(page, post) == "<p>They said امن to us.</p>"


def test_with_the_cursor_in_it_a_quotation_as_a_whole_gets_a_language(write):
    page, post = write(
        '<p>One</p><blockquote cite="https://news.example/a"><p lang="ps" dir="rtl">برف</p>'
        "<p>سڑک</p></blockquote><p>Two</p>"
    )
    page.locator(BOX).get_by_text("سڑک").click()
    language_of_passage(page).select_option("Urdu")
    quotation = page.locator(f"{BOX} blockquote")
    assert quotation.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert save(page, post) == (
        '<p>One</p><blockquote lang="ur" dir="rtl" cite="https://news.example/a"><p>برف</p>'
        "<p>سڑک</p></blockquote><p>Two</p>"
    )
    page.goto(post.get_absolute_url())
    shown = page.locator(".post .body blockquote p").first
    assert shown.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_choice_over_several_paragraphs_is_for_each_of_them(write):
    page, post = write("<p>ایک</p><ul><li>دو</li><li>تین</li></ul><p>Four</p>")
    page.locator(BOX).get_by_text("ایک").click()
    # As a mouse does that is drawn over them; the editor hears of it a moment later.
    page.evaluate(
        """(selector) => {
            const box = document.querySelector(selector);
            const [first, , last] = box.querySelectorAll("p");
            getSelection().setBaseAndExtent(first.firstChild, 0, last.firstChild, 1);
        }""",
        BOX,
    )
    page.wait_for_function(
        """(selector) => {
            const { doc, selection } = document.querySelector(selector).editor.state;
            return doc.textBetween(selection.from, selection.to, " ").endsWith("دو ت");
        }""",
        arg=BOX,
    )
    language_of_passage(page).select_option("ur")
    assert save(page, post) == (
        '<p lang="ur" dir="rtl">ایک</p><ul><li lang="ur" dir="rtl"><p>دو</p></li>'
        '<li lang="ur" dir="rtl"><p>تین</p></li></ul><p>Four</p>'
    )


def test_the_box_takes_the_direction_of_the_chosen_language_at_once(write):
    page, _post = write("<p>x</p>")
    fields = [BOX, "#id_headline", "#id_summary"]
    for code, direction in (("ur", "rtl"), ("en", "ltr"), ("ps", "rtl")):
        page.select_option("#id_language", code)
        for field in fields:
            assert page.locator(field).get_attribute("dir") == direction
            assert page.locator(field).get_attribute("lang") == code


def test_the_editor_speaks_our_words(write):
    page, _post = write("<p>x</p>")
    page.get_by_role("button", name="Quotation").click()
    page.get_by_role("button", name="Photo").click()
    dialog = page.locator("dialog")
    assert dialog.get_by_role("heading").inner_text() == "Insert a photo"
    assert dialog.get_by_label("Alt text").is_visible()
    assert dialog.get_by_role("button", name="Cancel").is_visible()


# Pasting


@pytest.mark.parametrize(
    ("pasted", "kept"), [(WORD, WORD_KEPT), (DOCS, DOCS_KEPT)], ids=["Word", "Google Docs"]
)
def test_a_pasted_page_is_tidy_in_the_editor_at_once_and_as_it_is_stored(write, pasted, kept):
    page, post = write()
    page.locator(BOX).click()
    paste(page, pasted, "as plain text")
    shown = page.locator(BOX).inner_html()
    assert "Mso" not in shown
    assert "·" not in shown
    assert 'style="font' not in shown
    # The editor has one tag for light, and paragraphs in items.
    kept = kept.replace("<i>", "<em>").replace("</i>", "</em>").replace("<li>", "<li><p>")
    kept = kept.replace("</li>", "</p></li>").replace("First<ul>", "First</p><ul>")
    assert save(page, post) == kept.replace("</ul></p></li>", "</ul></li>")


def test_each_sample_is_tidied_by_the_editor_as_by_the_server(write):
    page, _post = write()
    tidied = page.evaluate(
        """async (samples) => {
            const { tidy } = await import("/static/js/editor_pasting.js");
            return samples.map((html) => tidy(html, { wordsLanguages: { fa: "fa-AF" } }));
        }""",
        [pasted for pasted, _kept in SAMPLES.values()],
    )
    for sample, html in zip(SAMPLES, tidied, strict=True):
        assert body.clean(html) == SAMPLES[sample][1], sample
        assert "style=" not in html, sample


def test_pasted_links_follow_nobody_and_pasted_pictures_are_not_fetched(write):
    page, post = write()
    page.locator(BOX).click()
    paste(
        page,
        '<p>See <a href="https://news.example/a?id=4&utm_source=x&fbclid=y#c">this</a> '
        '<img src="https://spy.example/1.gif"> <a href="https://news.example/b?fbclid=z">'
        '<img src="https://news.example/b.jpg"></a></p>',
    )
    assert save(page, post) == (
        '<p>See <a href="https://news.example/a?id=4#c" rel="noopener">this</a> '
        '<a href="https://news.example/b" rel="noopener">news.example</a></p>'
    )


def test_overrides_of_direction_are_not_pasted_and_joiners_are(write):
    page, post = write()
    page.locator(BOX).click()
    paste(page, text="می\u200cشود \u202eabc\u202c")
    assert save(page, post) == "<p>می\u200cشود abc</p>"


# Link cards


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ur", "rtl")], ids=["ltr", "rtl"]
)
def test_a_link_card_is_made_by_its_button_changed_and_shown_to_readers(write, language, direction):
    page, post = write("<p>One</p>", language=language)
    end_of_body(page)
    page.get_by_role("button", name="Link card").click()
    dialog = page.locator("dialog")
    dialog.get_by_role("button", name="Save").click()
    assert dialog.is_visible()  # without an address there is nothing to save
    dialog.get_by_label("Address of the page").fill("https://www.news.example/snow?a=1&b=2")
    dialog.get_by_label("Title of the page").fill("Snow & ice")
    dialog.get_by_role("button", name="Save").click()
    card = page.locator(f"{BOX} .link-card")
    card.dblclick()
    assert dialog.get_by_label("Title of the page").input_value() == "Snow & ice"
    dialog.get_by_label("Title of the page").fill("Snow & rain")
    dialog.get_by_role("button", name="Save").click()
    assert save(page, post) == (
        '<p>One</p><p class="link-card"><a href="https://www.news.example/snow?a=1&amp;b=2" '
        'rel="noopener">Snow &amp; rain</a> <bdi dir="ltr">news.example</bdi></p>'
    )

    page.goto(post.get_absolute_url())
    card = page.locator(".post .body .link-card")
    link = card.get_by_role("link", name="Snow & rain")
    assert link.get_attribute("href") == "https://www.news.example/snow?a=1&b=2"
    host = card.get_by_text("news.example")
    assert card.evaluate("element => getComputedStyle(element).direction") == direction
    assert host.evaluate("element => getComputedStyle(element).direction") == "ltr"
    # Title and host begin at the same edge, whichever it is.
    edges = [one.bounding_box() for one in (link, host)]
    if direction == "ltr":
        assert abs(edges[0]["x"] - edges[1]["x"]) < 2
    else:
        assert (
            abs(
                sum(edges[0][key] for key in ("x", "width"))
                - sum(edges[1][key] for key in ("x", "width"))
            )
            < 2
        )


# What services hand out as text, the page that the card leads to, and its title
HANDED_OUT = [
("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"),
("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ", "YouTube"),
("https://m.facebook.com/z/posts/1", "https://m.facebook.com/z/posts/1", "Facebook"),
("https://x.com/z/status/1", "https://x.com/z/status/1", "X"),
("https://t.me/radio/12", "https://t.me/radio/12", "Telegram"),
("https://www.instagram.com/p/Ab_1/", "https://www.instagram.com/p/Ab_1/", "Instagram"),
("https://vm.tiktok.com/Ab1/", "https://vm.tiktok.com/Ab1/", "TikTok"),
(
    '<iframe width="560" height="315" src="https://www.youtube.com/embed/dQw4w9WgXcQ?si=1" '
    'title="Snow on the pass"></iframe>',
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "Snow on the pass",
),
(
    '<blockquote class="twitter-tweet"><p lang="en">Snow.</p>&mdash; Zarghuna (@z) '
    '<a href="https://twitter.com/z/status/1">May 1</a></blockquote> '
    '<script async src="https://platform.twitter.com/widgets.js"></script>',
    "https://twitter.com/z/status/1", "Snow. — Zarghuna (@z)",
),
(
    '<script async src="https://telegram.org/js/telegram-widget.js" '
    'data-telegram-post="radio/12"></script>',
    "https://t.me/radio/12", "Telegram",
),
]  # fmt: skip


def test_what_services_hand_out_becomes_a_card_and_never_a_frame(write):
    page, post = write()
    for text, address, title in HANDED_OUT:
        page.locator(BOX).click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        paste(page, text=text)
        assert page.locator(f"{BOX} .link-card .title").inner_text() == title
        assert page.locator("iframe").count() == 0
        host = address.split("/")[2].removeprefix("www.")
        kept = (
            f'<p class="link-card"><a href="{address}" rel="noopener">{title}</a> '
            f'<bdi dir="ltr">{host}</bdi></p>'
        )
        assert body.clean(page.locator("#id_body").input_value()) == kept
    assert save(page, post) == kept


def test_an_address_in_the_middle_of_a_sentence_stays_a_link(write):
    page, post = write("<p>See</p>")
    end_of_body(page)
    page.keyboard.type(" ")
    paste(page, text="https://x.com/z/status/1")
    assert save(page, post) == (
        '<p>See <a href="https://x.com/z/status/1" rel="noopener">https://x.com/z/status/1</a></p>'
    )


def test_a_frame_on_a_pasted_page_becomes_a_card_between_its_paragraphs(write):
    page, post = write()
    page.locator(BOX).click()
    paste(page, '<p>One</p><p><iframe src="//maps.example/x?a=1"></iframe></p><p>Two</p>')
    assert save(page, post) == (
        '<p>One</p><p class="link-card"><a href="https://maps.example/x?a=1" rel="noopener">'
        'maps.example</a> <bdi dir="ltr">maps.example</bdi></p><p>Two</p>'
    )
    assert Post.objects.get().opening == "One Two"

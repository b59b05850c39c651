"""Which HTML a post's body may hold, on every way into the database."""

from html.parser import HTMLParser

import pytest
from django.forms import modelform_factory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from posts import body, link_cards
from posts.models import Post
from tests.factories import make_photo, make_post
from tests.posts.pasted import DOCS, DOCS_KEPT, SAMPLES

GONE = [
    ("<p>one<script>alert(1)</script></p>", "<p>one</p>"),
    ("<style>p{color:red}</style><p>two</p>", "<p>two</p>"),
    ("<p onclick='x()'>three</p>", "<p>three</p>"),
    ('<p style="position:fixed" class="ad" id="top">four</p>', "<p>four</p>"),
    ('<iframe src="javascript:x()">inside</iframe><p>five</p>', "<p>five</p>"),
    ('<iframe src="https://spy.example/" width="1" height="1"></iframe><p>5b</p>', "<p>5b</p>"),
    ('<object data="x">in</object><embed src="y"><p>six</p>', "<p>six</p>"),
    ('<p><a href="javascript:alert(1)">seven</a></p>', '<p><a rel="noopener">seven</a></p>'),
    ('<p><a href="java&#10;script:alert(1)">7b</a></p>', '<p><a rel="noopener">7b</a></p>'),
    ('<p><a href="data:text/html,x">eight</a></p>', '<p><a rel="noopener">eight</a></p>'),
    ("<p>nine<!-- note to self --></p>", "<p>nine</p>"),
    ('<form action="/x"><input name="a"><p>ten</p></form>', "<p>ten</p>"),
    ("<svg><circle onload='x()'/></svg><p>eleven</p>", "<p>eleven</p>"),
    ("<h1>twelve</h1>", "<h2>twelve</h2>"),
    ('<p dir="sideways">thirteen</p>', "<p>thirteen</p>"),
    ("<p>four\x00teen</p>", "<p>fourteen</p>"),
    ('<a href="/x" target="_blank" rel="opener">15</a>', '<a href="/x" rel="noopener">15</a>'),
    ("<noscript><p>in</p></noscript><p>sixteen</p>", "<p>sixteen</p>"),
    ("<template><p>in</p></template><p>seventeen</p>", "<p>seventeen</p>"),
    ('<blockquote cite="javascript:x()">18</blockquote>', "<blockquote>18</blockquote>"),
    ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""),
    ("<video src='/v.mp4' autoplay></video><p>twenty</p>", "<p>twenty</p>"),
    ('<base href="https://foreign.example/"><p>21</p>', "<p>21</p>"),
    ('<meta http-equiv="refresh" content="0;url=/"><p>22</p>', "<p>22</p>"),
    ('<link rel="stylesheet" href="//foreign.example/a.css"><p>23</p>', "<p>23</p>"),
    # What only the editor's empty lines leave
    ("<p>end</p><p></p><p> </p><p><br></p>", "<p>end</p>"),
    ("<p>end</p> <figure></figure>", "<p>end</p>"),
    ("<figure><figure></figure></figure>", ""),
    ('<p>one</p><p lang="ur">&nbsp;<br></p><p>two</p>', "<p>one</p><p>two</p>"),
    ("<ul><li>one<p></p></li></ul>", "<ul><li>one</li></ul>"),
    ("<p>a\u202eb\u202c \ufeffc\x07</p>", "<p>ab c</p>"),
    ("<p>a&#8238;b</p>", "<p>ab</p>"),
    ('<p class="lead link-card-not">24</p>', "<p>24</p>"),
    ('<h2 class="link-card">25</h2>', "<h2>25</h2>"),
    ('<p dir="RTL">26</p>', '<p dir="rtl">26</p>'),
]

STAYS = [
    "<p>Plain and <strong>strong</strong> and <em>light</em>.</p>",
    "<h2>Two</h2><h3>Three</h3><h4>Four</h4>",
    '<ul><li>one</li></ul><ol start="3"><li>three</li></ol>',
    '<blockquote cite="https://news.example/a"><p>said</p></blockquote>',
    '<p lang="fa-AF" dir="rtl">سلام</p>',
    '<p><span lang="ps" dir="rtl">سولې</span> and <bdi>name</bdi></p>',
    '<p><a href="https://news.example/a?b=1&amp;c=2" rel="noopener">link</a></p>',
    '<p><a href="mailto:desk@news.example" rel="noopener">write</a></p>',
    '<p><a href="/a/other/" hreflang="ur" lang="ur" title="t" rel="noopener">own</a></p>',
    '<figure><img src="/media/photos/a.jpg" alt="A bridge" data-file="7">'
    "<figcaption>The bridge</figcaption></figure>",
    '<table><caption>Votes</caption><thead><tr><th scope="col" colspan="2">A</th></tr></thead>'
    '<tbody><tr><td rowspan="2">1</td><td>2</td></tr></tbody></table>',
    "<pre><code>x &lt; y</code></pre>",
    "<pre>\n\nafter an empty line</pre>",
    "<p>H<sub>2</sub>O, m<sup>2</sup>, <s>no</s>, <code>c</code></p><hr><p>a<br>b</p>",
    "<p>5 &lt; 6 &amp; 7</p>",
    "<p>می\u200cشود \u2067x\u2069 10&nbsp;km</p>",
    "<pre>a&nbsp;&nbsp; b</pre>",
    '<p class="link-card" lang="ur" dir="rtl"><a href="https://news.example/a?b=1&amp;c=2" rel="noopener">'
    'برف &amp; سڑک</a> <bdi dir="ltr">news.example</bdi></p>',
    '<p>words such as style="x" and class="y"</p><ul><li>one <em>two</em><ul><li>three</li></ul></li>'
    '</ul><figure lang="ur"><img src="/a.jpg" alt="" data-file="7"><figcaption>four</figcaption></figure>',
]

# Addresses in frames, and the page that their card leads to
FRAMES = [
    (
        "https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ),
    ("//www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    (
        "https://www.youtube.com/embed/videoseries?a=1&amp;list=PL-x_1",
        "https://www.youtube.com/playlist?list=PL-x_1",
    ),
    ("https://player.vimeo.com/video/12345?h=1", "https://vimeo.com/12345"),
    ("https://www.dailymotion.com/embed/video/x7abc", "https://www.dailymotion.com/video/x7abc"),
    (
        "https://www.facebook.com/plugins/video.php?height=1&amp;href=https%3A%2F%2Fwww.facebook.com%2Fx%2Fvideos%2F1%2F&amp;t=0",
        "https://www.facebook.com/x/videos/1/",
    ),
    (
        "https://www.facebook.com/plugins/post.php?href=javascript%3Ax()",
        "https://www.facebook.com/plugins/post.php?href=javascript%3Ax()",
    ),
    ("https://platform.twitter.com/embed/Tweet.html?dnt=1&amp;id=99", "https://x.com/i/status/99"),
    ("https://www.instagram.com/reel/Ab_1/embed/", "https://www.instagram.com/reel/Ab_1/"),
    ("https://t.me/radio/12?embed=1", "https://t.me/radio/12"),
    ("https://maps.example/?a=1&amp;b=2", "https://maps.example/?a=1&amp;b=2"),
]

FOREIGN = [
    "https://foreign.example/x.png", "http://foreign.example/x.png", "//foreign.example/x.png",
    "/\\foreign.example/x.png", "\\\\foreign.example/x.png", "/\t/foreign.example/x.png",
    "/\n/foreign.example/x.png", "//foreign.example\\[/x.png", "//[", "data:image/png;base64,AAAA",
    "javascript:alert(1)", "ftp://foreign.example/x.png", "x.png", "",
]  # fmt: skip


@pytest.mark.parametrize(("dirty", "kept"), GONE)
def test_what_a_post_may_not_hold_is_gone(dirty, kept):
    assert body.clean(dirty) == kept


@pytest.mark.parametrize("good", STAYS)
def test_what_a_post_may_hold_stays_as_it_was(good):
    assert body.clean(good) == good


@pytest.mark.parametrize(
    "typed",
    [
        "example.org", "example.org/report", "www.example.org/a/report.pdf?b=1#c", "Example.ORG",
        "example.org?b", "ټولنه.افغانستان/خبر", "xn--mgba.xn--mgbai9azgqp6j/x", "bbc.co.uk/a b",
        " example.org/x ",
    ],
)  # fmt: skip
def test_a_link_to_a_bare_host_gets_the_scheme_that_was_meant(typed):
    kept = f'<p><a href="https://{typed.strip()}" rel="noopener">there</a></p>'
    assert body.clean(f'<p><a href="{typed}">there</a></p>') == kept
    assert body.clean(kept) == kept


@pytest.mark.parametrize(
    "other",
    [
        "/a/example.org/", "#example.org", "?a=example.org", "//example.org/x", "report", "a/b.org",
        "report.pdf", "index.html#x", "photo.v2.JPG?x", "../example.org", "./example.org", ".org",
        "desk@example.org", "10.0.0.1/x", "example..org", "-a.example.org", "2014.5", "a.b",
        "mailto:desk@example.org", "https://example.org/", "http://example.org", "",
    ],
)  # fmt: skip
def test_a_link_to_anything_else_stays_as_it_is(other):
    kept = f'<p><a href="{other}" rel="noopener">there</a></p>'
    assert body.clean(kept) == kept


def card(address, title, host):
    return (
        f'<p class="link-card"><a href="{address}" rel="noopener">{title}</a> '
        f'<bdi dir="ltr">{host}</bdi></p>'
    )


@pytest.mark.parametrize(("frame", "page"), FRAMES)
def test_a_frame_becomes_a_card_that_leads_to_the_page_behind_it(frame, page):
    cleaned = body.clean(f'<p>one <iframe src="{frame}" title="Snow"></iframe> two</p>')
    host = page.split("/")[2].removeprefix("www.")
    assert cleaned == f"<p>one</p>{card(page, 'Snow', host)}<p>two</p>"
    assert body.clean(cleaned) == cleaned


def test_a_card_without_a_title_is_called_by_its_service_or_host():
    frame = (
        '<iframe title="YouTube video player" src="https://www.youtube.com/embed/a-b_c1"></iframe>'
    )
    assert ">YouTube</a>" in body.clean(frame)
    assert ">maps.example</a>" in body.clean('<iframe src="https://www.maps.example/x"></iframe>')


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (
            '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Snow.</p>&mdash; Zarghuna (@z) '
            '<a href="https://twitter.com/z/status/1">May 1, 2014</a></blockquote>'
            '<script async src="https://platform.twitter.com/widgets.js"></script>',
            card("https://twitter.com/z/status/1", "Snow. — Zarghuna (@z)", "twitter.com"),
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@z/video/1"><section>Snow'
            "</section></blockquote>",
            card("https://www.tiktok.com/@z/video/1", "Snow", "tiktok.com"),
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/z/posts/1"></div>',
            card("https://www.facebook.com/z/posts/1", "Facebook", "facebook.com"),
        ),
        (
            '<blockquote class="twitter-tweet"><a href="javascript:x()">Snow</a></blockquote>',
            '<blockquote><a rel="noopener">Snow</a></blockquote>',
        ),
    ],
)
def test_a_quotation_that_a_service_would_frame_becomes_a_card(pasted, kept):
    assert body.clean(pasted) == kept


def test_a_card_names_the_host_that_it_leads_to_whatever_it_claims():
    claim = '<p class="link-card"><a href="https://fake.example/">T</a> <bdi dir="ltr">bbc.com</bdi></p>'
    assert body.clean(claim) == card("https://fake.example/", "T bbc.com", "fake.example")


@pytest.mark.parametrize("address", ["/own/", "mailto:a@b.example", "https:///x", "https://[", ""])
def test_a_card_that_leads_to_no_other_site_is_a_paragraph(address):
    cleaned = body.clean(f'<p class="link-card"><a href="{address}">T</a></p>')
    assert "link-card" not in cleaned
    assert "T</a>" in cleaned


def test_a_card_beside_words_from_word_stays_as_it_is():
    good = card("https://news.example/", "Snow", "news.example")
    assert body.clean(f"{good}<p class=MsoNormal>Ice</p>") == f"{good}<p>Ice</p>"


def test_an_address_without_a_host_makes_no_card():
    assert link_cards.card("https://[") == ""
    assert link_cards.card("javascript:x()") == ""


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_word_processors_and_other_sites_leave_is_tidied(sample):
    pasted, kept = SAMPLES[sample]
    assert body.clean(pasted) == kept
    assert body.clean(kept) == kept


def test_a_page_of_google_docs_is_bold_where_it_looks_so():
    assert body.clean(DOCS).replace(' dir="ltr"', "") == DOCS_KEPT


def test_a_body_of_ten_thousand_boxes_in_each_other_is_cleaned():
    assert body.clean("<div>" * 10_000 + "deep") == "<p>deep</p>"


@pytest.mark.parametrize("address", FOREIGN)
def test_a_picture_from_elsewhere_loses_its_address(address):
    assert body.clean(f'<img src="{address}" alt="spy">') == '<img alt="spy">'


def test_a_picture_of_this_site_keeps_its_address():
    assert body.clean('<img src="/media/a.jpg">') == '<img src="/media/a.jpg">'


@pytest.mark.parametrize("number", ["7x", "-1", "1.5", "1" * 16, "", "x"])
def test_a_photo_number_that_is_none_is_dropped(number):
    assert body.clean(f'<img data-file="{number}">') == "<img>"


class Seen(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


pieces = st.sampled_from(
    [
        "<p>", "</p>", "<figure>", "</figure>", "<script>", "</script>", "<img src='/a' alt='", "'>",
        '"', "<", ">", "&", "&lt;", "&amp;", "<pre>", "\n", "</pre>", "<table>", "<tr>", "<td>",
        "</table>", "<svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<a href='javascript:x'>",
        "<a href='/x'>", "</a>", "<h2>", "<ul><li>", " onload=x ", "<br>", "&nbsp;", "\x00", "متن",
        "<div>", "</div>", "<p class=link-card>", "<p style='mso-list:l0 level2 lfo1'>", "1. ",
        "<span style='mso-list:ignore;font-weight:bold'>", "</span>", "<b style='font-weight:400'>", "<h1>",
        "<iframe src='//foreign.example/x'>", "</iframe>", "<a href='https://foreign.example/'>", "<bdi>",
        "<blockquote class='twitter-tweet'>", "</blockquote>", "<img src=x>", "&#8238;", "<font>", "<li>",
        "<img src='//foreign.example/x'", "<a href='foreign.example/x?a=1&b'>", "<a href=a.pdf>",
        "<a href='", ".example", "https://", "<a href='../x'>", "<textarea>", "<title>", "<noscript>", "<template>", " ",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
@example("<pre>\n\n\nfoo</pre>")
@example("<p>a</p> <figure></figure>")
@example("<figure><p></p></figure>")
@example("<a><table><a>")
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_text_is_cleaned_to_allowed_tags_and_cleaning_again_changes_nothing(html):
    cleaned = body.clean(html)
    assert body.clean(cleaned) == cleaned
    for tag, attributes in Seen(cleaned).tags:
        assert tag in body._TAGS
        assert "class" not in attributes or (tag, attributes["class"]) == ("p", "link-card")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert "javascript:" not in (attributes.get("href") or "").lower()
        assert not (attributes.get("src") or "/").startswith(("//", "http"))


DIRTY = "<p>kept</p><script>steal()</script>"


@pytest.mark.django_db
def test_the_body_is_cleaned_when_a_post_is_saved():
    post = make_post(body=DIRTY)
    assert post.body == "<p>kept</p>"
    assert Post.objects.get().body == "<p>kept</p>"


@pytest.mark.django_db
def test_the_body_is_cleaned_when_posts_are_made_in_bulk():
    Post.objects.bulk_create([Post(headline="Bulk", slug="bulk", body=DIRTY)])
    assert Post.objects.get().body == "<p>kept</p>"


@pytest.mark.django_db
def test_the_body_is_cleaned_when_posts_are_changed_in_bulk():
    post = make_post(body="<p>old</p>")
    post.body = DIRTY
    Post.objects.bulk_update([post], ["body"])
    assert Post.objects.get().body == "<p>kept</p>"
    Post.objects.update(body="<p>new</p>" + DIRTY)
    assert Post.objects.get().body == "<p>new</p><p>kept</p>"


@pytest.mark.django_db
def test_the_body_is_cleaned_by_a_form():
    form = modelform_factory(Post, fields=["headline", "body", "status", "language"])(
        {"headline": "Form", "body": DIRTY, "status": "draft", "language": "en"}
    )
    assert form.is_valid(), form.errors
    assert form.instance.body == "<p>kept</p>"
    assert form.save().body == "<p>kept</p>"
    assert Post.objects.get().body == "<p>kept</p>"


@pytest.mark.django_db
def test_lists_show_how_the_body_begins_without_markup_and_photos():
    post = make_post(
        body="<figure><img data-file='1'><figcaption>left out</figcaption></figure>"
        "<h2>Floods</h2><p>Tom &amp; Jerry said 5 &lt; 6.<br>Then rain.</p>" + "<p>word</p>" * 60
    )
    assert post.opening.startswith("Floods Tom & Jerry said 5 < 6. Then rain. word")
    assert post.opening.endswith(" …")
    assert len(post.opening.split()) == 41


@pytest.mark.django_db
def test_summaries_leave_link_cards_out_and_keep_what_stands_around_them():
    cards = "".join(
        f'<p class="link-card"{words}><a href="https://bbc.com/{number}">bbc.com</a></p>'
        for number, words in enumerate(("", ' lang="ur" dir="rtl"'))
    )
    post = make_post(body=f'<p>First.</p>{cards}<p>Next <a href="https://bbc.com">link</a></p>')
    assert post.body.count('class="link-card"') == 2
    assert post.opening == "First. Next link"


def draw(photo, alt):
    return f"[{photo.pk}|{alt}]"


@pytest.mark.django_db
def test_each_photo_of_a_body_is_drawn_and_one_without_file_or_record_disappears():
    from posts.models import Photo

    photo, without_file = make_photo(), Photo.objects.create(caption="no file")
    html = (
        f'<figure><img src="/old.jpg" alt="first" data-file="{photo.pk}"><figcaption>c1</figcaption>'
        f'</figure><img data-file="{without_file.pk}"><figure><img data-file="999999"><figcaption>c2'
        '</figcaption></figure><img src="/media/x.jpg" alt="plain">'
    )
    post = make_post(body=html)
    shown = body.with_photos(post.body, post.inline_photos(), draw)
    assert shown == (
        f"<figure>[{photo.pk}|first]<figcaption>c1</figcaption></figure>"
        '<figure><figcaption>c2</figcaption></figure><img src="/media/x.jpg" alt="plain">'
    )


@pytest.mark.django_db
def test_a_body_without_photos_asks_the_database_for_none(django_assert_num_queries):
    post = make_post()
    with django_assert_num_queries(0):
        assert post.inline_photos() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "alt",
    ['a "quoted" word', "a > b < c", "Tom & Jerry &amp; co", '"><script>alert(1)</script>', "'x'"],
)
def test_an_alt_text_of_the_body_reaches_the_page_whole_and_can_not_leave_its_attribute(
    client, alt
):
    from django.utils.html import escape

    photo = make_photo()
    post = make_post(body=f'<figure><img alt="{escape(alt)}" data-file="{photo.pk}"></figure>')
    seen = Seen(client.get(post.get_absolute_url()).text)
    (image,) = [attributes for tag, attributes in seen.tags if tag == "img"]
    assert image["alt"] == alt
    assert image["src"] == photo.src
    assert f"{photo.src} 640w" in image["srcset"]
    assert (image["width"], image["height"]) == ("1200", "800")
    scripts = [attributes for tag, attributes in seen.tags if tag == "script"]
    assert [each.get("type") for each in scripts] == ["application/ld+json"]


@pytest.mark.django_db
def test_the_words_of_the_body_can_not_pose_as_a_photo(client):
    photo = make_photo()
    post = make_post(body=f'<p>write &lt;img data-file="{photo.pk}"&gt; here</p>')
    assert f'&lt;img data-file="{photo.pk}"&gt;' in client.get(post.get_absolute_url()).text

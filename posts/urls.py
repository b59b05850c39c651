from django.urls import path, re_path

from posts import (
    cards,
    feeds,
    finding,
    oembed,
    sitemaps,
    slugs,  # noqa: F401  registers the converter
    views,
    web_manifest,
)
from posts.editions import edition
from posts.feed_formats import addresses

app_name = "posts"

# Each edition has these, after its prefix.
OF_AN_EDITION = [
    path("", views.front, name="front"),
    path("section/<anyslug:slug>/", views.section, name="section"),
    path("tag/<anyslug:slug>/", views.tag, name="tag"),
    path("author/<anyslug:slug>/", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("search/", finding.find, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("feeds/", feeds.page, name="feeds"),
    path("about/", views.about, name="about"),
    path("card-<str:asked>.png", cards.blog_card, name="blog_card"),
    path("manifest.webmanifest", web_manifest.manifest, name="manifest"),
]

urlpatterns = [
    path("a/<anyslug:slug>/", views.article, name="article"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("a/<anyslug:slug>/card-<str:asked>.png", cards.post_card, name="card"),
    path("oembed/", oembed.answer, name="oembed"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-news.xml", sitemaps.news, name="news_sitemap"),
    re_path(
        r"^sitemap-(?P<kind>pages|posts|sections|tags|authors)-(?P<number>0|[1-9][0-9]{0,8})\.xml$",
        sitemaps.part,
        name="sitemap",
    ),
    # Feeds are no edition's: their addresses are given away once, for ever.
    *addresses("", feeds.of_site, "feed"),
    *addresses("language/<str:code>/", feeds.of_language, "language_feed"),
    *addresses("section/<anyslug:slug>/", feeds.of_section, "section_feed"),
    *addresses("tag/<anyslug:slug>/", feeds.of_tag, "tag_feed"),
    *addresses("author/<anyslug:slug>/", feeds.of_author, "author_feed"),
    edition(*OF_AN_EDITION),
]

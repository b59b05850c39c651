from django.urls import path, re_path

from posts import (
    cards,
    feeds,
    oembed,
    sitemaps,
    slugs,  # noqa: F401  registers the converter
    views,
    web_manifest,
)

app_name = "posts"

urlpatterns = [
    path("", views.front, name="front"),
    path("a/<anyslug:slug>/", views.article, name="article"),
    path("section/<anyslug:slug>/", views.section, name="section"),
    path("tag/<anyslug:slug>/", views.tag, name="tag"),
    path("author/<anyslug:slug>/", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("corrections/", views.corrections, name="corrections"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("feed/", feeds.rss, name="feed"),
    path("feed/atom/", feeds.atom, name="atom"),
    path("about/", views.about, name="about"),
    path("a/<anyslug:slug>/card-<str:asked>.png", cards.post_card, name="card"),
    path("card-<str:asked>.png", cards.blog_card, name="blog_card"),
    path("oembed/", oembed.answer, name="oembed"),
    path("manifest.webmanifest", web_manifest.manifest, name="manifest"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-news.xml", sitemaps.news, name="news_sitemap"),
    re_path(
        r"^sitemap-(?P<kind>pages|posts|sections|tags|authors)-(?P<number>0|[1-9][0-9]{0,8})\.xml$",
        sitemaps.part,
        name="sitemap",
    ),
]

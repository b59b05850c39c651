from django.urls import path

from posts import feeds, finding, slugs, views  # noqa: F401  slugs registers the converter
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
]

urlpatterns = [
    path("a/<anyslug:slug>/", views.article, name="article"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    # Feeds are no edition's: their addresses are given away once, for ever.
    *addresses("", feeds.of_site, "feed"),
    *addresses("language/<str:code>/", feeds.of_language, "language_feed"),
    *addresses("section/<anyslug:slug>/", feeds.of_section, "section_feed"),
    *addresses("tag/<anyslug:slug>/", feeds.of_tag, "tag_feed"),
    *addresses("author/<anyslug:slug>/", feeds.of_author, "author_feed"),
    edition(*OF_AN_EDITION),
]

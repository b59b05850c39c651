from django.urls import path

from posts import feeds, slugs, views  # noqa: F401  slugs registers the converter
from posts.feed_formats import addresses

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
    path("feeds/", feeds.page, name="feeds"),
    path("about/", views.about, name="about"),
]

# No edition has feeds of its own under its prefix: a feed's address is given away once, for ever.
urlpatterns += [
    *addresses("", feeds.of_site, "feed"),
    *addresses("language/<str:code>/", feeds.of_language, "language_feed"),
    *addresses("section/<anyslug:slug>/", feeds.of_section, "section_feed"),
    *addresses("tag/<anyslug:slug>/", feeds.of_tag, "tag_feed"),
    *addresses("author/<anyslug:slug>/", feeds.of_author, "author_feed"),
]

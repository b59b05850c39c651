from django.urls import path

from posts import feeds, slugs, views  # noqa: F401  slugs registers the converter
from posts.editions import edition

app_name = "posts"

# Each edition has these, after its prefix.
OF_AN_EDITION = [
    path("", views.front, name="front"),
    path("section/<anyslug:slug>/", views.section, name="section"),
    path("tag/<anyslug:slug>/", views.tag, name="tag"),
    path("author/<anyslug:slug>/", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("corrections/", views.corrections, name="corrections"),
    path("about/", views.about, name="about"),
]

urlpatterns = [
    path("a/<anyslug:slug>/", views.article, name="article"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("feed/", feeds.rss, name="feed"),
    path("feed/atom/", feeds.atom, name="atom"),
    edition(*OF_AN_EDITION),
]

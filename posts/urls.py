from django.urls import path

from posts import feeds, finding, slugs, views  # noqa: F401  slugs registers the converter

app_name = "posts"

urlpatterns = [
    path("", views.front, name="front"),
    path("a/<anyslug:slug>/", views.article, name="article"),
    path("section/<anyslug:slug>/", views.section, name="section"),
    path("tag/<anyslug:slug>/", views.tag, name="tag"),
    path("author/<anyslug:slug>/", views.author, name="author"),
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.month, name="month"),
    path("search/", finding.find, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("preview/<str:secret>/", views.preview, name="preview"),
    path("feed/", feeds.rss, name="feed"),
    path("feed/atom/", feeds.atom, name="atom"),
    path("about/", views.about, name="about"),
]

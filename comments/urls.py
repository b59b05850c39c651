from django.urls import path

from comments import feeds, finding, subscribing, transparency, views
from posts import slugs  # noqa: F401  registers the converter
from posts.editions import edition
from posts.feed_formats import addresses

app_name = "comments"

urlpatterns = [
    *addresses("comments/", feeds.of_site, "feed"),
    *addresses("a/<anyslug:slug>/comments/", feeds.of_post, "post_feed"),
    path("a/<anyslug:slug>/comments/", views.new, name="new"),
    path("a/<anyslug:slug>/comments/<int:pk>/", views.comment, name="comment"),
    path("a/<anyslug:slug>/comments/<int:pk>/reply/", views.reply, name="reply"),
    path("a/<anyslug:slug>/comments/<int:pk>/report/", views.report, name="report"),
    path("a/<anyslug:slug>/comments/<int:pk>/report/thanks/", views.reported, name="reported"),
    path("receipt/<str:token>/", views.receipt, name="receipt"),
    path("receipt/<str:token>/correct/", views.correct, name="correct"),
    path("receipt/<str:token>/withdraw/", views.withdraw, name="withdraw"),
    path("receipt/<str:token>/another-look/", views.another_look, name="another_look"),
    path("receipt/<str:token>/mail/", subscribing.subscribe, name="subscribe"),
    path("mail/confirm/<str:token>/", subscribing.confirm, name="confirm_mail"),
    path("mail/stop/<str:token>/", subscribing.stop, name="stop_mail"),
    edition(
        path("search/comments/", finding.find, name="search"),
        path("transparency/", transparency.page, name="transparency"),
    ),
]

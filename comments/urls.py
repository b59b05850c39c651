from django.urls import path

from comments import views
from posts import slugs  # noqa: F401  registers the converter

app_name = "comments"

urlpatterns = [
    path("a/<anyslug:slug>/comments/", views.new, name="new"),
    path("a/<anyslug:slug>/comments/<int:pk>/", views.comment, name="comment"),
    path("a/<anyslug:slug>/comments/<int:pk>/reply/", views.reply, name="reply"),
    path("receipt/<str:token>/", views.receipt, name="receipt"),
]

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Moderation")

    def ready(self):
        from comments.feeds import discussions_of
        from posts.feeds import tell_of_discussions

        tell_of_discussions(discussions_of)

"""The blog itself."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from posts import languages
from posts.models.changes import ShownQuerySet
from posts.models.naming import Translated


class BlogQuerySet(ShownQuerySet):
    def with_editions(self):
        """With what `Blog.languages_in_use` tells, so that it need not ask."""
        return self.annotate(**_in_use())


def _in_use():
    """{"has_ps": whether there is a public post in Pashto, …}, each an entry of an index."""
    from posts.models.posts import Post

    public = Post.objects.published()
    return {
        f"has_{language.django_code}": models.Exists(public.filter(language=language.code))
        for language in languages.LANGUAGES.values()
    }


class Blog(Translated):
    """The blog's own record; there is at most one."""

    TRANSLATED = ("title", "tagline", "about")

    title = models.CharField(_("title"), max_length=120)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    about = models.TextField(
        _("About"), blank=True, help_text=_("Plain text; an empty line starts a new paragraph.")
    )
    contact = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Shown in a form that people can read and address collectors can't."),
    )
    language = models.CharField(
        _("language"), max_length=8, choices=languages.CHOICES, default=languages.DEFAULT
    )

    class Checklist(models.TextChoices):
        """What happens to a post that lacks something of `posts.checklist` when it comes out."""

        WARNS = "warns", _("Publish it, and say what is missing")
        REFUSES = "refuses", _("Refuse to publish it until nothing is missing")

    checklist = models.CharField(
        _("publish checklist"), max_length=8, choices=Checklist, default=Checklist.WARNS,
        help_text=_(
            "Section, byline, and the lead photo's alt text, credit and caption are looked for."
        ),
    )  # fmt: skip

    objects = BlogQuerySet.as_manager()

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blog")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_blog"),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The stored record, or an unsaved one with a bare title."""
        return cls.objects.with_editions().first() or cls(title="Gandhara")

    @classmethod
    def spoken(cls):
        """The record with its words in the language that is spoken: to show, never to save.

        `tagline_tongue` and `about_tongue` are the Languages of what has none in that language.
        """
        blog = cls.current()
        here, own = languages.spoken(), languages.language_of(blog.language)
        for field in cls.TRANSLATED:
            is_said = blog.translations.get(here.code, {}).get(field)
            setattr(blog, f"{field}_tongue", here if is_said else own)
            setattr(blog, field, blog.said(field))
        return blog

    @cached_property
    def languages_in_use(self):
        """The Languages in which something is public."""
        from posts.models.posts import Post

        known = self.__dict__
        if self._state.adding:
            known = Post.objects.order_by().annotate(**_in_use()).values(*_in_use()).first() or {}
        return [
            language
            for language in languages.LANGUAGES.values()
            if known.get(f"has_{language.django_code}")
        ]

    @property
    def contact_parts(self):
        """The contact address as local part and the names of its host: never with an @."""
        local, _at, host = self.contact.rpartition("@")
        return {"local": local, "host": host.split(".")} if local else None

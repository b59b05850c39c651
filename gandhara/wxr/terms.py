"""Categories, tags and names of authors of an export as sections, tags and authors."""

import hashlib

from django.core.exceptions import ValidationError

from gandhara.wxr.memory import Memory
from gandhara.wxr.plain import cut, names_in, old_slug, plain_line, plain_text
from posts import languages, slugs
from posts.models import Author, Section, Tag

_NAME_LENGTH = 120


def language_here(code):
    """Our code for WordPress's (`fa_IR`, `ur`, `en-US`); unknown ones count as the default."""
    start = code.strip().lower().replace("_", "-").partition("-")[0]
    ours = {"fa": "fa-AF", "prs": "fa-AF"}.get(start, start)
    return ours if ours in languages.LANGUAGES else languages.DEFAULT


class _Terms:
    """Terms of one kind by their slug there; missing ones are made when an item names them."""

    model, kind, domains = None, "", ()

    def __init__(self, site, terms, report):
        self.memory, self.report = Memory(site, self.kind), report
        self.known = self.memory.all()
        self.rows = {}
        self.given = {}
        for term in terms:
            if term.kind == self.kind:
                self.given.setdefault(old_slug(term.slug), term)
        for slug, term in self.given.items():
            self._row(slug, term.name, term)

    def _row(self, slug, name, term=None):
        key = slug[:200]
        if key in self.rows:
            return self.rows[key]
        if key in self.known:
            # None if it was deleted here: then it stays deleted.
            row = self.model.objects.filter(pk=self.known[key]).first()
            self.report.known[self.kind_words] += 1
        else:
            row = self._same(key, name) or self._new(key, name, term)
            self.memory.keep({key: row.pk})
        self.rows[key] = row
        return row

    def _same(self, slug, name):
        """What stands here already under this slug or name, so that nothing is there twice."""
        found = self.model.objects.filter(slug=slug).first()
        if found is None:
            # Not one of the same site: two sections may share a name there under two parents.
            own = {*self.known.values(), *(row.pk for row in self.rows.values() if row)}
            others = self.model.objects.exclude(pk__in=own)
            found = others.filter(name=self._name(slug, name)).first()
        if found:
            self.report.known[self.kind_words] += 1
        return found

    def _new(self, slug, name, term):
        row = self.model(name=self._name(slug, name))
        try:
            slugs.validate_slug(slug)
            row.slug = slug
        except ValidationError:
            row.slug = ""
        self._describe(row, term)
        row.save()
        self.report.created[self.kind_words] += 1
        return row

    def _name(self, slug, name):
        return cut(plain_line(name) or slug, _NAME_LENGTH)

    def _describe(self, row, term):
        pass

    def _named_by(self, item):
        rows = {}
        for domain, nicename, name in item.terms:
            if domain in self.domains:
                slug = old_slug(nicename) or slugs.slug_from(plain_line(name))
                if slug and (row := self._row(slug, name)):
                    rows[row.pk] = row
        return list(rows.values())


class Sections(_Terms):
    model, kind, kind_words, domains = Section, "category", "sections", ("category",)

    def __init__(self, site, terms, report):
        self.fresh = []
        super().__init__(site, terms, report)
        for slug, row in self.fresh:
            parent = self.rows.get(old_slug(self.given[slug].parent)[:200])
            if parent and not self._stands_under(parent, row):
                row.parent = parent
                row.save(update_fields=["parent"])

    def _describe(self, row, term):
        if term is not None:
            row.description = plain_text(term.description)
            self.fresh.append((old_slug(term.slug), row))

    def _stands_under(self, section, other):
        seen = set()
        while section is not None and section.pk not in seen:
            if section.pk == other.pk:
                return True
            seen.add(section.pk)
            section = section.parent
        return False

    def of(self, item):
        """Sections of an item, the most specific first, else in the order of the file.

        WordPress's own “Uncategorized” counts last.
        """
        return sorted(
            self._named_by(item),
            key=lambda row: (row.slug == "uncategorized", -self._depth(row)),
        )

    def _depth(self, section):
        seen = set()
        while section.parent is not None and section.pk not in seen:
            seen.add(section.pk)
            section = section.parent
        return len(seen)


class Tags(_Terms):
    model, kind, kind_words, domains = Tag, "tag", "tags", ("post_tag", "tag")

    def of(self, item):
        return self._named_by(item)


class Authors:
    """Names for bylines. A login is never shown, not even when nothing else is known."""

    def __init__(self, site, logins, version, report):
        self.logins, self.report = logins, report
        self.memory = Memory(site, "author")
        # The first WXR had no list of authors and named them in each item as readers saw them.
        self.creators_are_names = version == "1.0" and not logins
        self.rows = {}

    def names_of(self, item):
        """The names in an item's byline, in order."""
        terms = [
            name
            for domain, slug, text in item.terms
            if domain == "author" and (name := self._of_term(slug, text))
        ]
        if terms:
            return terms
        if byline := item.meta_of("byline", "_byline"):
            return [self.logins.get(name, name) for name in names_in(byline)]
        name = plain_line(item.creator)
        known = self.logins.get(item.creator) or self.logins.get(name)
        return [known] if known else [name] if name and self.creators_are_names else []

    def _of_term(self, slug, text):
        """A term of Co-Authors Plus holds a name, or the login of which it was made."""
        slug, name = old_slug(slug), plain_line(text)
        login = slug.removeprefix("cap-")
        known = self.logins.get(text.strip()) or self.logins.get(name)
        if known:
            return known
        return self.logins.get(login, "") if name in ("", slug, login) else name

    def row_of(self, name):
        """The Author of this name, the same for all files; None if it was deleted here.

        Whoever was given another name here keeps it, and a name taken away does not come back: it
        is remembered by its hash, so that the memory does not tell it either.
        """
        name = cut(name, _NAME_LENGTH)
        if name not in self.rows:
            key = hashlib.sha256(name.encode()).hexdigest()
            known = self.memory.recall([key])
            if known:
                self.rows[name] = Author.objects.filter(pk=known[key]).first()
            else:
                self.rows[name] = self._found_or_made(name)
                self.memory.keep({key: self.rows[name].pk})
        return self.rows[name]

    def _found_or_made(self, name):
        row = Author.objects.filter(name=name).order_by("pk").first()
        if row is None:
            row = Author.objects.create(name=name)
            self.report.created["authors"] += 1
        return row

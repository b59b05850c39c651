"""From the items of an export to rows: everything of a run, or nothing."""

from collections import defaultdict
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import transaction

from gandhara.wxr import reading
from gandhara.wxr.blog import fill_blog
from gandhara.wxr.discussions import Discussion, forum_of
from gandhara.wxr.links import Links
from gandhara.wxr.markup import Surroundings, convert
from gandhara.wxr.memory import Memory
from gandhara.wxr.pictures import Library, MediaFolder, credit_of, is_picture
from gandhara.wxr.plain import cut, old_slug, plain_line
from gandhara.wxr.report import Report
from gandhara.wxr.terms import Authors, Sections, Tags, language_here
from posts import body, languages, slugs
from posts.feeds import absolute
from posts.models import Byline, Photo, Post

_TYPES = {
    "page": "pages",
    "nav_menu_item": "menu items",
    "wp_block": "reusable blocks (put into the posts that show them)",
    "revision": "revisions",
    "guest-author": "profiles of guest authors (their names are in the bylines)",
}
_STATES = {
    "publish": Post.Status.PUBLISHED,
    "future": Post.Status.PUBLISHED,
    "pending": Post.Status.IN_REVIEW,
    "draft": Post.Status.DRAFT,
    "auto-draft": Post.Status.DRAFT,
    "private": Post.Status.DRAFT,
}
_NOTES = {
    "picture": "pictures from elsewhere, left out of a body",
    "shortcode": "shortcodes of plugins, left out of a body (words inside them are kept)",
    "media": "players, now a link to what they played",
    "block": "reusable blocks that are not in the file, left out of a body",
}


def import_files(paths, media_folder=None, progress=None):
    """Import WordPress exports and give the Report.

    All files are read to their ends before anything is stored, and all is stored in one
    transaction: when something fails, the database and the media storage are as they were.
    `progress(iterable, total, words)` may draw a bar. Raises `reading.UnreadableExport`.
    """
    progress = progress or (lambda iterable, total, words: iterable)
    surveys = [reading.survey(path) for path in paths]
    media, report = MediaFolder(media_folder), Report()
    by_site = defaultdict(list)
    for survey in surveys:
        by_site[survey.channel.key].append(survey)
        if survey.forbidden_characters:
            count = survey.forbidden_characters
            report.note("files with characters that XML forbids", f"{survey.path}: {count} dropped")
    sites = [Site(parts, media, report) for parts in by_site.values()]
    try:
        # Scaling pictures takes long, and readers must be able to write meanwhile.
        for site in sites:
            site.take_pictures(progress)
        with transaction.atomic():
            for site in sites:
                site.store(progress)
    except BaseException:
        media.undo()
        raise
    return report


class Site:
    """One old site, in however many files its export came."""

    def __init__(self, surveys, media, report):
        self.surveys, self.media, self.report = surveys, media, report
        self.channel = surveys[0].channel
        self.key = self.channel.key
        self.language = language_here(self.channel.language)
        items = {}
        for item in (item for survey in surveys for item in survey.items):
            if item.id:
                items.setdefault((item.type, item.id), item)
        self.attachments = [item for (kind, _id), item in items.items() if kind == "attachment"]
        self.posts = [item for (kind, _id), item in items.items() if kind == "post"]
        self.blocks = {number: text for part in surveys for number, text in part.blocks.items()}
        addresses = [address for part in surveys for address in part.channel.addresses]
        self.library, self.links = Library(addresses), Links(addresses)
        self.taken, self.slugs = {}, {}
        self.post_memory = Memory(self.key, "post")
        self.photo_memory = Memory(self.key, "attachment")

    # Pictures, before the transaction

    def take_pictures(self, progress):
        """Write the files of new photos, and of those that came without one the last time."""
        known = self.photo_memory.all()
        bare = Photo.objects.filter(file="").values_list("pk", flat=True)
        bare = set(bare) & set(known.values())
        wanted = [
            item
            for item in self.attachments
            if item.status != "trash"
            and is_picture(item)
            and (item.id not in known or known[item.id] in bare)
        ]
        for item in progress(wanted, len(wanted), "Pictures"):
            name = item.meta_of("_wp_attached_file") or item.attachment_url
            path = self.media.find(item)
            if path is None:
                self.report.missing.append(name)
                continue
            try:
                self.taken[item.id] = self.media.take(path)
            except ValidationError as problem:
                self.report.refused.append(f"{name}: {' '.join(problem.messages)}")

    # Rows, inside it

    def store(self, progress):
        """Everything of the site, in the order in which one thing needs the other."""
        fill_blog(self.key, self.channel, self.language, self.report)
        terms = [term for part in self.surveys for term in part.channel.terms]
        self.sections = Sections(self.key, terms, self.report)
        self.tags = Tags(self.key, terms, self.report)
        logins = {}
        for part in self.surveys:
            logins.update(part.channel.authors)
        self.authors = Authors(self.key, logins, self.channel.version, self.report)
        self._store_photos()
        self._choose_slugs()
        total = sum(len(part.items) for part in self.surveys)
        everything = (item for part in self.surveys for item in reading.items(part.path))
        seen = set()
        for item in progress(everything, total, "Items"):
            if (item.type, item.id) not in seen or not item.id:
                seen.add((item.type, item.id))
                self._store_item(item)

    def _store_photos(self):
        known = self.photo_memory.all()
        rows = Photo.objects.in_bulk(list(known.values()))
        for item in self.attachments:
            if item.status == "trash":
                continue
            if item.id in known:
                photo = self._known_photo(rows.get(known[item.id]), item)
            elif is_picture(item):
                photo = self._new_photo(item)
            else:
                name = item.meta_of("_wp_attached_file") or item.attachment_url
                self.report.leave_out("attachments that are not pictures", name)
                continue
            if photo is not None:
                self.library.add(item, photo)

    def _known_photo(self, photo, item):
        taken = self.taken.get(item.id)
        if photo is not None and taken is not None and not photo.file:
            photo.file, photo.width, photo.height = taken.file.name, taken.width, taken.height
            photo.save(update_fields=["file", "width", "height"])
            self.report.updated["photos that had no file"] += 1
        else:
            self.report.known["photos"] += 1
        return photo

    def _new_photo(self, item):
        photo = self.taken.get(item.id) or Photo()
        photo.caption = plain_line(item.excerpt)
        photo.credit = cut(plain_line(credit_of(item)), 200)
        photo.alt_text = self._alt_text(item)
        if item.date:
            photo.created_at = item.date
        photo.save()
        self.photo_memory.keep({item.id: photo.pk})
        self.report.created["photos"] += 1
        return photo

    def _alt_text(self, item):
        """The alt text that somebody wrote; a file's name is none."""
        alt = plain_line(item.meta_of("_wp_attachment_image_alt"))
        name = (item.meta_of("_wp_attached_file") or item.attachment_url).rpartition("/")[2]
        return (
            "" if alt.casefold() in (name.casefold(), name.rpartition(".")[0].casefold()) else alt
        )

    def _choose_slugs(self):
        """Addresses of all new posts before the first is stored: they link to each other.

        Public ones choose first, so that a draft never takes a published address.
        """
        known = self.post_memory.all()
        here = dict(Post.objects.filter(pk__in=known.values()).values_list("pk", "slug"))
        taken = set(Post.objects.values_list("slug", flat=True))
        public = ("publish", "future", "private")
        for item in sorted(self.posts, key=lambda item: item.status not in public):
            if item.id in known:
                slug = here.get(known[item.id])
            elif item.status == "trash" or item.status not in _STATES:
                continue
            else:
                slug = self.slugs[item.id] = self._free_slug(item, taken)
                taken.add(slug)
            if slug:
                self.links.add(item, Post(slug=slug).get_absolute_url())

    def _free_slug(self, item, taken):
        wanted = old_slug(item.slug)
        try:
            slugs.validate_slug(wanted)
        except ValidationError:
            wanted = slugs.slug_from(wanted)
        base = wanted[: slugs.MAX_LENGTH] or slugs.slug_from(_headline(item)) or "post"
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base[: slugs.MAX_LENGTH - 8]}-{number}"
        if wanted and slug != old_slug(item.slug):
            self.report.note("posts with a new address", f"{_headline(item)}: {slug}")
        return slug

    # Items

    def _store_item(self, item):
        title = plain_line(item.title)
        if item.type == "attachment":
            self._leave_out_comments(item, "comments on attachments")
        elif item.type != "post":
            what = _TYPES.get(item.type, f"items of the type “{cut(item.type, 40)}”")
            self.report.leave_out(what, title)
            self._leave_out_comments(item, f"comments on {what.partition(' (')[0]}")
        elif not item.id:
            self.report.leave_out("posts without a number", title)
        elif item.status == "trash":
            self.report.leave_out("posts in the trash", title)
            self._leave_out_comments(item, "comments on posts in the trash")
        elif item.status not in _STATES:
            self.report.leave_out(f"posts in the state “{cut(item.status, 40)}”", title)
            self._leave_out_comments(item, "comments on posts in unknown states")
        else:
            self._store_post(item)

    def _leave_out_comments(self, item, what):
        for _comment in item.comments:
            self.report.leave_out(what)

    def _store_post(self, item):
        known = self.post_memory.recall([item.id])
        if known:
            self._add_to_known(item, Post.objects.filter(pk=known[item.id]).first())
            return
        post = self._new_post(item)
        self.post_memory.keep({item.id: post.pk})
        self._name_authors(post, item)
        self._file_under(post, item)
        forum = forum_of(post, item.comment_status)
        count = Discussion(self.key, post, self.report).bring(item.comments, forum)
        self.report.created["posts"] += 1
        self.report.created["comments"] += count
        self._tell_address(post)

    def _tell_address(self, post):
        """The address as people read it: letters, not percent signs."""
        if post.is_public:
            self.report.addresses.append(unquote(absolute(post.get_absolute_url())))

    def _add_to_known(self, item, post):
        self.report.known["posts"] += 1
        if post is None:
            return
        self._tell_address(post)
        forum = getattr(post, "forum", None)
        count = Discussion(self.key, post, self.report).bring(item.comments, forum)
        if count:
            self.report.updated["posts that got new comments"] += 1
            self.report.created["comments"] += count

    def _new_post(self, item):
        headline = self._headline_of(item)
        lead = self._lead_photo(item, headline)
        made = self._body_of(item, headline, lead)
        words = body.plain(made.html)
        post = Post(
            headline=cut(headline or " ".join(words.split()[:10]), 250),
            slug=self.slugs[item.id],
            summary=plain_line(item.excerpt),
            body=made.html,
            language=languages.guess(f"{headline} {words}", self.language),
            lead_photo=lead,
            **self._status_of(item, headline),
        )
        if item.date:
            post.created_at = item.date
        if not post.headline:
            post.headline = f"Post {item.id}"
        if not headline:
            self.report.note("posts without a headline, now named by their words", post.headline)
        post.save()
        return post

    def _headline_of(self, item):
        headline = plain_line(item.title)
        if len(headline) > 250:
            self.report.note("headlines that were too long, now cut", cut(headline, 250))
        return headline

    def _status_of(self, item, headline):
        """`status` and `published_at`; never public what wasn't, never a post without a time."""
        status, moment = _STATES[item.status], item.date
        if status != Post.Status.PUBLISHED:
            moment = item.gmt
        if item.status == "private":
            self.report.note("private posts, now drafts", headline)
        if status == Post.Status.PUBLISHED and item.password:
            self.report.note("drafts, not public: has a password", headline)
            status = Post.Status.DRAFT
        if status == Post.Status.PUBLISHED and moment is None:
            self.report.note("published posts without a date, now drafts", headline)
            status = Post.Status.DRAFT
        return {"status": status, "published_at": moment}

    def _lead_photo(self, item, headline):
        number = item.meta_of("_thumbnail_id")
        photo = self.library.by_number.get(number)
        if number and number not in ("0", "-1") and photo is None:
            self.report.note("lead photos that are not in the file", headline)
        return photo

    def _body_of(self, item, headline, lead):
        around = Surroundings(
            find_photo=self.library.find,
            gallery=lambda given: self.library.gallery(given, item.id),
            address=self.links.new_address,
            note=lambda kind, what: self.report.note(_NOTES[kind], f"{headline}: {what}"),
            blocks=self.blocks,
            lead=lead,
        )
        made = convert(item.content, around)
        # The figure that is left out of the body must not take its words with it.
        if lead is not None and made.lead_caption and not lead.caption:
            lead.caption = made.lead_caption
            lead.alt_text = lead.alt_text or made.lead_alt
            lead.save(update_fields=["caption", "alt_text"])
        return made

    def _name_authors(self, post, item):
        names = self.authors.names_of(item)
        if not names:
            self.report.note(
                "posts whose author has no name in the file, only a login", post.headline
            )
        found = [self.authors.row_of(name) for name in names]
        if None in found:
            self.report.note("bylines without an author who was deleted here", post.headline)
        rows = dict.fromkeys(author for author in found if author)
        Byline.objects.bulk_create(
            Byline(post=post, author=author, position=position)
            for position, author in enumerate(rows)
        )

    def _file_under(self, post, item):
        """The most specific of the post's categories is its section; it is also in the others."""
        sections = self.sections.of(item)
        if sections:
            post.section = sections[0]
            post.save(update_fields=["section"])
            post.also_in.set(sections[1:])
        post.tags.set(self.tags.of(item))


def _headline(item):
    """A post's headline before its body is converted."""
    return plain_line(item.title) or " ".join(plain_line(item.content).split()[:10])

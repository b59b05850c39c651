"""Measures the newsroom's pages in the admin: `python -m benchmarks.newsroom`.

To be run on a site made by `python -m benchmarks.make_site --posts 100000 --photos 200000`.
"""

from benchmarks import desk

POSTS, PHOTOS = "/admin/posts/post/", "/admin/posts/photo/"


def pages():
    """(what it is, address) of each page that is measured."""
    from posts.models import Author, Photo, Post, Section

    post = Post.objects.published().newest_first().first()
    photo = Photo.objects.filter(uses__post=post).first() or Photo.objects.first()
    word = post.headline.split()[0]
    yield "the admin's first page", "/admin/"
    yield "list of posts", POSTS
    yield "posts, far on", f"{POSTS}?p=1000"
    yield "posts in review", f"{POSTS}?status__exact=in_review"
    yield "posts of a section", f"{POSTS}?section__id__exact={Section.objects.first().pk}"
    yield "posts in a language", f"{POSTS}?language__exact=ps"
    if author := Author.objects.first():
        yield "posts of an author", f"{POSTS}?author={author.pk}"
    yield "posts by headline", f"{POSTS}?o=1"
    yield "posts, a word", f"{POSTS}?q={word}"
    yield "posts, a word nobody wrote", f"{POSTS}?q=qqzzqq"
    yield "posts, a word in many bodies", f"{POSTS}?q={_frequent()}"
    yield "a post's page", f"{POSTS}{post.pk}/change/"
    yield "list of photos", PHOTOS
    yield "photos, far on", f"{PHOTOS}?p=2000"
    yield "photos without alt text", f"{PHOTOS}?lacks=alt_text"
    yield "photos that nothing shows", f"{PHOTOS}?lacks=use"
    yield "photos, a word", f"{PHOTOS}?q={photo.caption.split()[0] if photo.caption else word}"
    yield "photos, a word nobody wrote", f"{PHOTOS}?q=qqzzqq"
    yield "a photo's page", f"{PHOTOS}{photo.pk}/change/"
    yield "the editor's photo picker", f"{PHOTOS}pick/"
    yield "front page", "/"
    yield "article", post.get_absolute_url()


def _frequent():
    """A word that most English posts have."""
    from collections import Counter

    from posts.models import PostWords

    some = PostWords.objects.filter(post__language="en")[:200]
    counted = Counter(word for row in some for word in set(row.folded.split()))
    return counted.most_common(1)[0][0]


if __name__ == "__main__":
    desk.main(pages)

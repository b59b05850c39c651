"""Measures what crawlers and other sites ask for: `python -m benchmarks.machines`.

To be run on a site made by `python -m benchmarks.make_site --posts 100000`.
"""

import statistics
import time

from benchmarks import desk


def pages():
    """(what it is, address) of each answer that is measured."""
    from django.conf import settings

    from posts import cards, oembed
    from posts.models import Blog, Post

    post = Post.objects.published().newest_first().first()
    yield "robots.txt", "/robots.txt"
    yield "index of sitemaps", "/sitemap.xml"
    yield "a file of 10,000 posts", "/sitemap-posts-1.xml"
    yield "file of tags", "/sitemap-tags-0.xml"
    yield "file of authors", "/sitemap-authors-0.xml"
    yield "news sitemap", "/sitemap-news.xml"
    yield "oEmbed", oembed.address(post).removeprefix(settings.SITE_URL)
    yield "a card, kept", cards.address_of_post(post, Blog.current())
    draw()


def draw():
    """What drawing a card takes, which is kept afterwards."""
    from posts.card_drawing import Card, png

    for language, headline in (
        ("en", "The road over the pass was open by noon {}"),
        ("ps", "د کابل سیند اوبه ډېرې شوې {}"),
        ("ur", "لاہور کی پرانی لائبریری میں تقریب {}"),
    ):
        png(Card("Gandhara", headline.format(""), "Region", language))  # the fonts are loaded
        times = []
        for number in range(desk.ROUNDS):
            begun = time.perf_counter()
            png(Card("Gandhara", headline.format(number), "Region", language))
            times.append((time.perf_counter() - begun) * 1_000)
        print(f"{f'drawing a card, {language}':28} {statistics.median(times):6.0f} ms")


if __name__ == "__main__":
    desk.main(pages)

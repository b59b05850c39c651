"""Builders of small WordPress exports; every text is escaped as WordPress escapes it."""

from xml.sax.saxutils import escape

HOME = "https://old.example.org"


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def author(login, name, first="", last=""):
    return (
        f"<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{cdata(login)}"
        f"</wp:author_login><wp:author_email>{login}@staff.example</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name>"
        f"<wp:author_first_name>{cdata(first)}</wp:author_first_name>"
        f"<wp:author_last_name>{cdata(last)}</wp:author_last_name></wp:author>"
    )


def category(slug, name, parent="", about=""):
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name>"
        f"<wp:category_description>{cdata(about)}</wp:category_description></wp:category>"
    )


def tag(slug, name):
    return f"<wp:tag><wp:tag_slug>{slug}</wp:tag_slug><wp:tag_name>{cdata(name)}</wp:tag_name></wp:tag>"


def meta(key, value, kind="postmeta"):
    return (
        f"<wp:{kind}><wp:meta_key>{cdata(key)}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:{kind}>"
    )


def comment(number, text="A word.", name="Eugenio", **given):
    values = {
        "approved": "1", "type": "comment", "parent": 0, "date": "2014-04-14 15:30:00",
        "gmt": "2014-04-14 10:30:00", "place": "", **given,
    }  # fmt: skip
    place = meta("comment_location", values["place"], "commentmeta") if values["place"] else ""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        f"<wp:comment_author>{cdata(name)}</wp:comment_author>"
        "<wp:comment_author_email>reader@secret.example</wp:comment_author_email>"
        "<wp:comment_author_url>https://website.example/me</wp:comment_author_url>"
        "<wp:comment_author_IP>203.0.113.77</wp:comment_author_IP>"
        f"<wp:comment_date>{values['date']}</wp:comment_date>"
        f"<wp:comment_date_gmt>{values['gmt']}</wp:comment_date_gmt>"
        f"<wp:comment_content>{cdata(text)}</wp:comment_content>"
        f"<wp:comment_approved>{values['approved']}</wp:comment_approved>"
        f"<wp:comment_type>{values['type']}</wp:comment_type>"
        f"<wp:comment_parent>{values['parent']}</wp:comment_parent>"
        f"{meta('comment_agent', 'Netscape/4.0', 'commentmeta')}{place}</wp:comment>"
    )


def item(number, title="Snow on the pass", content="It snowed.", inner="", **given):
    values = {
        "type": "post", "status": "publish", "slug": f"post-{number}", "creator": "login1",
        "date": "2014-04-14 05:00:00", "gmt": "2014-04-14 00:00:00", "excerpt": "",
        "comments": "open", "password": "", "parent": 0, "url": "",
        "link": f"{HOME}/2014/04/post-{number}/", **given,
    }  # fmt: skip
    return (
        f"<item><title>{cdata(title)}</title><link>{escape(values['link'])}</link>"
        f"<dc:creator>{cdata(values['creator'])}</dc:creator>"
        f'<guid isPermaLink="false">{HOME}/?p={number}</guid><description></description>'
        f"<content:encoded>{cdata(content)}</content:encoded>"
        f"<excerpt:encoded>{cdata(values['excerpt'])}</excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{values['date']}</wp:post_date>"
        f"<wp:post_date_gmt>{values['gmt']}</wp:post_date_gmt>"
        f"<wp:comment_status>{values['comments']}</wp:comment_status>"
        f"<wp:post_name>{cdata(values['slug'])}</wp:post_name>"
        f"<wp:status>{values['status']}</wp:status><wp:post_parent>{values['parent']}"
        f"</wp:post_parent><wp:post_type>{values['type']}</wp:post_type>"
        f"<wp:post_password>{cdata(values['password'])}</wp:post_password>"
        f"<wp:attachment_url>{escape(values['url'])}</wp:attachment_url>{inner}</item>"
    )


def attachment(number, path, caption="", alt="", inner="", **given):
    return item(
        number,
        title=path.rpartition("/")[2],
        content="",
        inner=meta("_wp_attached_file", path)
        + (meta("_wp_attachment_image_alt", alt) if alt else "")
        + inner,
        **{
            "type": "attachment",
            "status": "inherit",
            "excerpt": caption,
            "url": f"{HOME}/wp-content/uploads/{path}",
            **given,
        },
    )


def filed(domain, slug, name):
    return f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>'


def export(*items, head="", title="Old News", about="News of old", version="1.2", home=HOME):
    """A whole export as text."""
    space = f"http://wordpress.org/export/{version}/"
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n'
        f'<rss version="2.0" xmlns:excerpt="{space}excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{space}">\n<channel>\n'
        f"<title>{escape(title)}</title><link>{home}</link>"
        f"<description>{escape(about)}</description><language>en-US</language>\n"
        f"<wp:wxr_version>{version}</wp:wxr_version><wp:base_site_url>{home}</wp:base_site_url>"
        f"<wp:base_blog_url>{home}</wp:base_blog_url>\n"
        f"{author('login1', 'Palwasha Zmaryal')}{head}\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )

"""What the page shows, over the tables that are there."""

from django.db import models
from django.urls import reverse


class Section(models.Model):
    name = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)
    position = models.IntegerField()

    class Meta:
        managed = False
        db_table = "posts_section"
        ordering = ["position"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("section", args=[self.slug])


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "posts_author"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])


class Tag(models.Model):
    name = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "posts_tag"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])


class Post(models.Model):
    headline = models.CharField(max_length=250)
    slug = models.CharField(max_length=80)
    summary = models.TextField()
    body = models.TextField()
    language = models.CharField(max_length=8)
    section = models.ForeignKey(Section, models.PROTECT, null=True)
    status = models.CharField(max_length=12)
    published_at = models.DateTimeField()
    tags = models.ManyToManyField(Tag, db_table="posts_post_tags")
    authors = models.ManyToManyField(Author, through="Byline")

    class Meta:
        managed = False
        db_table = "posts_post"

    def __str__(self):
        return self.headline

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])


class Byline(models.Model):
    post = models.ForeignKey(Post, models.CASCADE)
    author = models.ForeignKey(Author, models.CASCADE)

    class Meta:
        managed = False
        db_table = "posts_byline"

    def __str__(self):
        return f"{self.post_id}: {self.author_id}"


class Forum(models.Model):
    post = models.OneToOneField(Post, models.CASCADE)
    state = models.CharField(max_length=12)

    class Meta:
        managed = False
        db_table = "comments_forum"

    def __str__(self):
        return self.state


class Comment(models.Model):
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    text = models.TextField()
    language = models.CharField(max_length=8)
    status = models.CharField(max_length=12)
    submitted_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "comments_comment"
        ordering = ["submitted_at", "id"]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"

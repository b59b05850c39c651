import django.db.models.deletion
from django.db import migrations, models

from posts.word_index import WordIndex

INDEX = WordIndex("posts_postwords", "post_id")


class Migration(migrations.Migration):

    dependencies = [
        ("posts", "0005_lists_of_the_newsroom"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostWords",
            fields=[
                ("post", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to="posts.post")),
                ("folded", models.TextField()),
            ],
        ),
        migrations.RunPython(INDEX.make, INDEX.drop),
    ]

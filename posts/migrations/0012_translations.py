from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('posts', '0011_words_of_headlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='story',
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('story', 'language'), name='one_post_of_a_story_in_a_language'),
        ),
    ]


import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('posts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Autosave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=secrets.token_urlsafe, max_length=64)),
                ('version', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('fields', models.JSONField()),
            ],
            options={
                'verbose_name': 'autosaved text',
                'verbose_name_plural': 'autosaved texts',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='BrokenLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField(verbose_name='address')),
                ('why', models.CharField(max_length=200, verbose_name='why')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found')),
            ],
            options={
                'verbose_name': 'broken link',
                'verbose_name_plural': 'broken links',
                'ordering': ['-found_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('note', "Editor's note")], default='correction', max_length=14, verbose_name='kind')),
                ('text', models.TextField(help_text='What was wrong or is new, as readers will see it. Plain text.', verbose_name='text')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OldSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=200, unique=True, verbose_name='slug')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'old address',
                'verbose_name_plural': 'old addresses',
            },
        ),
        migrations.CreateModel(
            name='PhotoUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'place at the head of a list',
                'verbose_name_plural': 'front page and pinned posts',
                'ordering': ['section', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='expires')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RelatedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'related post',
                'verbose_name_plural': 'related posts',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved')),
                ('fields', models.JSONField()),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='StateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('before', models.CharField(blank=True, choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='from')),
                ('after', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=12, verbose_name='to')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
            ],
            options={
                'verbose_name': 'change of status',
                'verbose_name_plural': 'changes of status',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='byline',
            name='role',
            field=models.CharField(blank=True, choices=[('', 'written by'), ('with', 'with'), ('translated', 'translated by'), ('photographed', 'photos by'), ('edited', 'edited by')], default='', max_length=12, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='photo',
            name='copyright',
            field=models.CharField(blank=True, max_length=200, verbose_name='copyright notice'),
        ),
        migrations.AddField(
            model_name='photo',
            name='creator',
            field=models.CharField(blank=True, help_text='Who took it; not always the credit.', max_length=200, verbose_name='creator'),
        ),
        migrations.AddField(
            model_name='photo',
            name='focal_x',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='focal point from the left, in %'),
        ),
        migrations.AddField(
            model_name='photo',
            name='focal_y',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='focal point from the top, in %'),
        ),
        migrations.AddField(
            model_name='photo',
            name='folded',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='photo',
            name='rights',
            field=models.TextField(blank=True, help_text='Who may use it again, and until when. Only the newsroom sees this.', verbose_name='rights note'),
        ),
        migrations.AddField(
            model_name='post',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='Nothing of it can be published before this time, whoever tries.', null=True, verbose_name='embargo until'),
        ),
        migrations.AddField(
            model_name='post',
            name='second_line',
            field=models.CharField(blank=True, help_text='Such as the service that the authors work for.', max_length=120, verbose_name='second line of the byline'),
        ),
        migrations.AddField(
            model_name='post',
            name='unpublish_at',
            field=models.DateTimeField(blank=True, help_text='From this time on the post is gone for readers, as if withdrawn.', null=True, verbose_name='take down at'),
        ),
        migrations.AddField(
            model_name='post',
            name='updated_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='updated'),
        ),
        migrations.AddField(
            model_name='post',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='post',
            name='withdrawal_note',
            field=models.TextField(blank=True, help_text="Stands at the post's address instead of the post. Don't repeat what it said.", verbose_name='public note about the withdrawal'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['-created_at', '-id'], name='photo_newest'),
        ),
        migrations.AddField(
            model_name='autosave',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='autosave',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='autosaves', to='posts.post'),
        ),
        migrations.AddField(
            model_name='brokenlink',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='broken_links', to='posts.post'),
        ),
        migrations.AddField(
            model_name='correction',
            name='by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='correction',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='posts.post', verbose_name='post'),
        ),
        migrations.AddField(
            model_name='oldslug',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_slugs', to='posts.post'),
        ),
        migrations.AddField(
            model_name='photouse',
            name='photo',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='posts.photo'),
        ),
        migrations.AddField(
            model_name='photouse',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photo_uses', to='posts.post'),
        ),
        migrations.AddField(
            model_name='placement',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='posts.post', verbose_name='post'),
        ),
        migrations.AddField(
            model_name='placement',
            name='section',
            field=models.ForeignKey(blank=True, help_text='Empty for the front page.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='posts.section', verbose_name='section'),
        ),
        migrations.AddField(
            model_name='presence',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='presence',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='posts.post'),
        ),
        migrations.AddField(
            model_name='presence',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preview_links', to='posts.post'),
        ),
        migrations.AddField(
            model_name='relatedpost',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='posts.post', verbose_name='related post'),
        ),
        migrations.AddField(
            model_name='relatedpost',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_related', to='posts.post'),
        ),
        migrations.AddField(
            model_name='post',
            name='related',
            field=models.ManyToManyField(blank=True, related_name='+', through='posts.RelatedPost', to='posts.post'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['-saved_at', '-id'], name='post_last_saved'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('embargo_until', None), ('published_at__gte', models.F('embargo_until')), _connector='OR'), name='no_post_is_published_before_its_embargo'),
        ),
        migrations.AddField(
            model_name='revision',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='revision',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='posts.post'),
        ),
        migrations.AddField(
            model_name='revision',
            name='restored',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='posts.revision', verbose_name='restored from'),
        ),
        migrations.AddField(
            model_name='statechange',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='statechange',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='state_changes', to='posts.post'),
        ),
        migrations.AddConstraint(
            model_name='autosave',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='one_autosave_a_form'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['-at', '-id'], name='correction_newest'),
        ),
        migrations.AddConstraint(
            model_name='photouse',
            constraint=models.UniqueConstraint(fields=('post', 'photo'), name='photo_once_a_post'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('section', 'post'), name='post_once_in_a_section'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(condition=models.Q(('section', None)), fields=('post',), name='post_once_on_the_front'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('post', 'by'), name='one_presence_a_post'),
        ),
        migrations.AddConstraint(
            model_name='relatedpost',
            constraint=models.UniqueConstraint(fields=('post', 'other'), name='related_once'),
        ),
        migrations.AddConstraint(
            model_name='relatedpost',
            constraint=models.CheckConstraint(condition=models.Q(('post', models.F('other')), _negated=True), name='related_is_another_post'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('post', 'version'), name='one_revision_a_version'),
        ),
        migrations.AddIndex(
            model_name='statechange',
            index=models.Index(fields=['after', '-at'], name='statechange_newest'),
        ),
    ]

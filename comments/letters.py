"""Mail to readers who asked for it and to moderators, put in a box first and sent by a task.

A letter is stored with what it is about, in the same transaction; a task sends it afterwards, and
tries again for days if the mail server is down. Addresses and bodies are stored encrypted.
"""

import base64
import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.db.models import Count, F, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, Decision, Letter, Subscription
from posts import editions
from posts.feeds import absolute
from posts.models import Blog, Post

log = logging.getLogger(__name__)

# An undo within this time prevents the mail: nobody is called to a reply that is gone again.
REPLY_WAITS = timedelta(minutes=2)
# A reply that was taken back within that time waits so long for being published again.
UNPUBLISHED_KEPT = timedelta(days=1)
# While a letter is on its way no other worker takes it; a worker that dies frees it by this time.
ON_ITS_WAY = timedelta(minutes=10)
# Minutes until the second try, the third …; then hourly, three days in all.
TRY_AGAIN_AFTER = (1, 5, 15, 60)
MOST_ATTEMPTS = len(TRY_AGAIN_AFTER) + 71
# The header that ties a mail to the subscription it asks to confirm.
CONFIRMS = "X-Subscription"
# So many letters a round: duties in between stay punctual.
ROUND = 200


@cache
def _box(keys):
    def fernet(secret):
        # RFC 5869; the secret is long and random, so no salt and no slow hash is needed.
        made = HKDF(SHA256(), length=32, salt=None, info=b"comments.letters")
        return Fernet(base64.urlsafe_b64encode(made.derive(secret.encode())))

    return MultiFernet([fernet(secret) for secret in keys])


def _our_box():
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(words):
    """Encrypt a text with a key made from SECRET_KEY; `unseal` also knows the fallbacks."""
    return _our_box().encrypt(words.encode()).decode()


def unseal(sealed):
    """The text that `seal` encrypted. Raises InvalidToken if no key of ours opens it."""
    return _our_box().decrypt(sealed.encode()).decode()


def put(to, subject, body, headers=None, reply=None):
    """Put a letter into the box; it is sent after the caller's transaction, and by nobody else.

    `reply` is the comment that it tells of: the letter waits while that isn't published, and is
    dropped when the subscription of the comment that it answers is gone.
    """
    letter = Letter.objects.create(
        to=seal(to), subject=subject, body=seal(body), headers=headers or {}, reply=reply
    )
    send_soon()
    return letter


def send_soon():
    """Have the box emptied as soon as the current transaction is stored."""
    from comments import tasks

    # Robust: should the queue be unreachable, the letter stays and the next round finds it.
    transaction.on_commit(tasks.deliver.enqueue, robust=True)


def write(template, **context):
    """The text of a mail from its template; plain text, so nothing is escaped."""
    text = render_to_string(f"comments/mail/{template}.txt", context | {"blog": Blog.spoken()})
    return text.strip() + "\n"


# Replies


def tell_of_replies(keys):
    """Note that these comments have just been published, for those who wait for a reply.

    A mail is due in two minutes, once for each reply, also when it is approved, taken back and
    approved again; none is for a reply under the same mark. One query if nobody waits.
    """
    for start in range(0, len(keys), 500):
        _tell(keys[start : start + 500])


def _tell(keys):
    replies = list(
        Comment.objects.filter(pk__in=keys, parent__subscription__confirmed_at__isnull=False)
        .exclude(~Q(mark="") & Q(mark=F("parent__mark")))
        .select_related("parent__subscription", "forum__post")
        .order_by("pk")
    )
    if not replies:
        return
    due_at = timezone.now() + REPLY_WAITS
    # Published, taken back in time and published again: its letter waits anew.
    Letter.objects.filter(reply__in=replies).update(due_at=due_at)
    known = set(Letter.objects.filter(reply__in=replies).values_list("reply", flat=True))
    # Published before, and no letter waits: it was told of then.
    known |= set(
        Decision.objects.filter(comment__in=replies, after=Comment.Status.APPROVED)
        .exclude(before=Comment.Status.APPROVED)
        .order_by()
        .values("comment")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values_list("comment", flat=True)
    )
    Letter.objects.bulk_create(
        _letter_about(reply, due_at) for reply in replies if reply.pk not in known
    )


def _letter_about(reply, due_at):
    from comments import subscriptions

    post, subscription = reply.forum.post, reply.parent.subscription
    stop = absolute(subscriptions.stop_address(subscription))
    # Whoever approved it may read another language than whoever waits for it.
    with editions.speaking(post.language):
        subject = _("A reply to your comment")
        body = write("reply", post=post, link=absolute(reply.get_absolute_url()), stop=stop)
    return Letter(
        # Sealed already; not opened here, for a key that was lost must not stop an approval.
        to=subscription.address,
        subject=subject,
        body=seal(body),
        # RFC 8058: mail programs show a button that stops such mails.
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        reply=reply,
        due_at=due_at,
    )


# Sending


def waiting():
    """Letters that still have a try before them."""
    return Letter.objects.filter(attempts__lt=MOST_ATTEMPTS)


def stuck():
    """Letters that no mail server took for three days; they wait for an administrator."""
    return Letter.objects.filter(attempts__gte=MOST_ATTEMPTS)


def is_stuck(letter):
    return letter.attempts >= MOST_ATTEMPTS


def try_again(rows):
    """Give stuck letters all their tries again; gives how many."""
    number = rows.update(attempts=0, due_at=timezone.now())
    send_soon()
    return number


def deliver():
    """Send what is due; gives (sent, delayed). A mail server's failure is never raised.

    Each letter is claimed first, so that several workers never send one twice, and sent outside
    of any transaction. What a mail server takes is deleted.
    """
    now = timezone.now()
    Letter.objects.filter(
        reply__isnull=False, made_at__lt=now - UNPUBLISHED_KEPT, due_at__lt=now
    ).exclude(reply__status=Comment.Status.APPROVED).delete()
    due = list(
        waiting()
        .filter(Q(reply=None) | Q(reply__status=Comment.Status.APPROVED), due_at__lte=now)
        .order_by("due_at", "pk")
        .values_list("pk", "due_at")[:ROUND]
    )
    if not due:
        return 0, 0
    sent, delayed, server = 0, 0, _Server()
    for pk, due_at in due:
        claimed = Letter.objects.filter(pk=pk, due_at=due_at).update(due_at=now + ON_ITS_WAY)
        letter = Letter.objects.filter(pk=pk).select_related("reply").first() if claimed else None
        if letter is None:
            continue
        if not _is_wanted(letter):
            letter.delete()
        elif server.takes(letter):
            letter.delete()
            sent += 1
        else:
            _delay(letter)
            delayed += 1
    server.close()
    return sent, delayed


def _is_wanted(letter):
    """Whether what a letter tells of still stands, and somebody still waits for it."""
    reply = letter.reply
    if CONFIRMS in letter.headers:
        return Subscription.objects.filter(pk=letter.headers[CONFIRMS]).exists()
    return reply is None or (
        reply.is_shown
        and Subscription.objects.filter(
            comment=reply.parent_id, confirmed_at__isnull=False
        ).exists()
        and Post.objects.published().filter(forum=reply.forum_id).exists()
    )


def _delay(letter):
    letter.attempts += 1
    steps = TRY_AGAIN_AFTER[letter.attempts - 1 : letter.attempts]
    letter.due_at = timezone.now() + timedelta(minutes=steps[0] if steps else 60)
    letter.save(update_fields=["attempts", "due_at"])


class _Server:
    """The mail server during one round. Once it is known to be down it isn't asked again."""

    def __init__(self):
        self.connection = mail.get_connection()
        self.is_down = False

    def takes(self, letter):
        """Hand a letter over; false if it was not taken. Logs no address and no server's words."""
        if self.is_down:
            return False
        try:
            message = mail.EmailMessage(
                letter.subject,
                unseal(letter.body),
                to=[unseal(letter.to)],
                headers=letter.headers,
                connection=self.connection,
            )
            self.connection.open()
            self.connection.send_messages([message])
        except Exception as problem:
            log.warning("Letter %s was not sent: %s", letter.pk, type(problem).__name__)
            if isinstance(problem, InvalidToken):
                # No later try can open it either.
                letter.attempts = MOST_ATTEMPTS
            self.is_down = isinstance(problem, OSError) and not isinstance(
                problem,
                smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused | smtplib.SMTPDataError,
            )
            self.close()
            return False
        return True

    def close(self):
        with suppress(Exception):
            self.connection.close()

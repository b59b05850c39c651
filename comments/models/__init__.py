"""What the comments app stores. One module a subject; everything is imported from here."""

from comments.models.comments import Comment, Words
from comments.models.decisions import Decision, Flag, NameNote, Reason
from comments.models.forums import Forum
from comments.models.letters import DigestChoice, Letter, Subscription
from comments.models.policy import Policy
from comments.models.records import DutyRun, Figures, Learnt
from comments.models.rules import AuthorMark, Rule

__all__ = [
    "AuthorMark",
    "Comment",
    "Decision",
    "DigestChoice",
    "DutyRun",
    "Figures",
    "Flag",
    "Forum",
    "Learnt",
    "Letter",
    "NameNote",
    "Policy",
    "Reason",
    "Rule",
    "Subscription",
    "Words",
]

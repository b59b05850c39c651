"""The demonstration newsroom: the blog, its sections, its reporters and their posts."""

from .posts_en_culture import POSTS_EN_CULTURE
from .posts_en_life import POSTS_EN_LIFE
from .posts_en_region import POSTS_EN_REGION
from .posts_fa import POSTS_FA
from .posts_ps import POSTS_PS
from .posts_ur import POSTS_UR
from .shapes import Author, Blog, Comment, Correction, Post, Section

__all__ = [
    "AUTHORS", "BLOG", "CORRECTIONS", "LOGINS", "PLACED", "POSTS", "RELATED", "SECTIONS", "Author",
    "Blog", "Comment", "Correction", "Post", "Section",
]  # fmt: skip

BLOG = Blog(
    title="Gandhara",
    tagline="Reporters' notes from Afghanistan and Pakistan",
    about=(
        "Gandhara is a blog kept by radio journalists who cover Afghanistan, Pakistan and the "
        "borderlands between them. We publish what does not fit into a three-minute bulletin: "
        "the second half of the interview, the view from the road, the argument that went on "
        "after the microphone was off. Posts appear in English, Pashto, Dari and Urdu, and "
        "readers are welcome to answer back."
    ),
    contact="newsroom@gandhara.example",
)

SECTIONS = [
    Section(
        "afghanistan",
        "Afghanistan",
        "Reports from the provinces and the capital: water, work, schools and the price of bread.",
    ),
    Section(
        "pakistan",
        "Pakistan",
        "From Khyber to Karachi: politics, power cuts, weather and the people who live with them.",
    ),
    Section(
        "region",
        "Region",
        "Borders, trade routes, pipelines and the neighbours' diplomacy.",
    ),
    Section(
        "culture",
        "Culture",
        "Poetry, painting, digging, cooking and cricket.",
    ),
    Section(
        "notebook",
        "Notebook",
        "First-person notes and arguments by our correspondents.",
    ),
]

AUTHORS = [
    Author(
        "palwasha-zmaryal",
        "Palwasha Zmaryal",
        "Palwasha Zmaryal reports on health, schools and family life in eastern Afghanistan. "
        "She began as a schools-programme presenter and still answers listeners' letters.",
    ),
    Author(
        "idris-kohistani",
        "Idris Kohistani",
        "Idris Kohistani covers rivers, farming and weather. He trained as a hydrologist and "
        "measures every canal he is shown.",
    ),
    Author(
        "mehreen-tanoli",
        "Mehreen Tanoli",
        "Mehreen Tanoli writes from Islamabad on parliament, foreign policy and energy.",
    ),
    Author(
        "anton-verhelst",
        "Anton Verhelst",
        "Anton Verhelst edits the blog. He has followed the region's diplomacy for two decades, "
        "mostly from the back row of press conferences.",
    ),
    Author(
        "shahbaz-marwat",
        "Shahbaz Marwat",
        "Shahbaz Marwat reports from Peshawar and the border districts on trade, transport and "
        "whatever is stuck in the queue.",
    ),
    Author(
        "nadia-qizilbash",
        "Nadia Qizilbash",
        "Nadia Qizilbash covers culture: digs, books, workshops and the occasional cricket match.",
    ),
    Author(
        "ghutai-stanizai",
        "غوټۍ ستانېزۍ",
        "غوټۍ ستانېزۍ له ختیځو ولایتونو څخه د کلي ژوند، کرنې او ښوونې په اړه راپورونه لیکي.",
        "ps",
    ),
    Author(
        "farhad-darwazi",
        "فرهاد دروازی",
        "فرهاد دروازی از کابل و ولایات شمال‌شرق دربارهٔ فرهنگ، شهر و زندگی روزمره می‌نویسد.",
        "fa-AF",
    ),
    Author(
        "sabahat-hunzai",
        "صباحت ہنزائی",
        "صباحت ہنزائی شمالی علاقوں سے موسم، سیاحت اور ٹیلی مواصلات پر رپورٹنگ کرتی ہیں۔",
        "ur",
    ),
]

POSTS = sorted(
    [*POSTS_EN_REGION, *POSTS_EN_LIFE, *POSTS_EN_CULTURE, *POSTS_PS, *POSTS_FA, *POSTS_UR],
    key=lambda post: post.days_ago,
)

# What stands at the head of a section, or of the front page where none is named: (section, post).
PLACED = [
    (None, "the-village-under-the-lake"),
    (None, "islamabad-and-moscow-mend-fences"),
    ("culture", "poems-under-the-orange-trees"),
]

# Posts that an editor put below each other.
RELATED = [("islamabad-and-moscow-mend-fences", "orange-pegs-south-of-herat")]

# Authors who sign in themselves, and as whom.
LOGINS = {"anton-verhelst": "editor", "nadia-qizilbash": "author"}

CORRECTIONS = [
    Correction(
        "orange-pegs-south-of-herat",
        "correction",
        1.2,
        "An earlier version said that the route crosses thirteen karez systems. By Mirwais "
        "Taimani's map it crosses thirty-one.",
    ),
    Correction(
        "the-village-under-the-lake",
        "update",
        0.6,
        "The reservoir's engineers answered after this was published: they expect the walls to "
        "stay above the water until the end of the month.",
    ),
]

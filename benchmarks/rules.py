"""What word rules cost a comment: `python -m benchmarks.rules`.

Rules of all three kinds are made up from a seed, stored in an SQLite database in memory, and a
thousand letters of English and Dari are matched against them, the query for changed rules included.
"""

import os
import random
import statistics
import time

ROUNDS = 300
LETTERS = 1_000


def word(chance):
    alphabet = chance.choice(("abcdefghiklmnoprstuvwyz", "ابپتجچخدرزسشصعفقکگلمنوهی"))
    return "".join(chance.choices(alphabet, k=chance.randint(4, 9)))


def patterns(chance, number):
    """(kind, pattern) of as many rules: words, phrases, names and domains."""
    for each in range(number):
        if each % 5 == 0:
            yield "link", f"{word(chance)}{each}.example"
        elif each % 5 == 1:
            yield "name", f"{word(chance)} {word(chance)}"
        else:
            yield "words", " ".join(word(chance) for _part in range(each % 3 + 1))


def comment(chance):
    said = " ".join(word(chance) for _each in range(LETTERS // 4))
    return f"{said[: LETTERS - 60]} c0vid in 2014, see http://news.example.org/a/b c a b l e"


def milliseconds(work):
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gandhara.settings")
    os.environ.setdefault("DEBUG", "off")
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(databases)


def measure():
    from comments import rules
    from comments.models import Rule

    chance = random.Random(3)
    texts = [comment(chance) for _each in range(ROUNDS)]
    print("rules  compiled in  median a comment  slowest of 20")
    for number in (0, 500, 5_000):
        Rule.objects.all().delete()
        Rule.objects.bulk_create(
            (Rule(kind=kind, pattern=pattern) for kind, pattern in patterns(chance, number)),
            batch_size=500,
        )
        rules.forget()
        compiled = milliseconds(rules.book)
        costs = [
            milliseconds(lambda text=text: rules.matches("Zarghuna", "Kabul", text, "en"))
            for text in texts
        ]
        slow = statistics.quantiles(costs, n=20)[-1]
        median = statistics.median(costs)
        print(f"{number:5}  {compiled:8.1f} ms  {median:13.2f} ms  {slow:10.2f} ms")


if __name__ == "__main__":
    main()

"""The house itself: which way imports run, and that nothing is missing from it."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
# Which of our packages a package may import: gandhara → comments → posts, never back.
MAY_IMPORT = {
    "posts": {"posts"},
    "comments": {"posts", "comments"},
    "gandhara": {"posts", "comments", "gandhara"},
}


def imported_packages(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_from_gandhara_over_comments_to_posts_and_never_back(package):
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / package).rglob("*.py")
        for name in imported_packages(file)
        if name in MAY_IMPORT and name not in MAY_IMPORT[package]
    ]
    assert wrong == []


def test_no_file_is_called_utils_helpers_or_misc():
    names = {"utils.py", "helpers.py", "misc.py", "common.py"}
    found = [file for package in MAY_IMPORT for file in (ROOT / package).rglob("*.py")]
    assert found
    assert [file for file in found if file.name in names] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_pinned_requirement_has_its_reason_beside_it():
    for name in ("requirements.txt", "requirements-dev.txt"):
        before = ""
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                assert "==" in line, f"{line} in {name} is not pinned"
                assert before, f"{line} in {name} has no reason above it"
            before = line

# Two commands are enough: `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests, checks and the development server never touch the data folder's secret.
TRYING := SECRET_KEY=only-for-tests-and-checks-on-this-machine-0123456789abcdef DEBUG=off
LINTED := gandhara posts comments tests benchmarks docs manage.py

# Catalogues of the software's words: one entry a sentence, no line numbers that change daily.
WORDS := --locale fa --locale ps --locale ur

.PHONY: run dev test check format words pictures bench clean

run: $(VENV)/.run
	@$(BIN)/python -m gandhara.start

dev: $(VENV)/.run
	@$(BIN)/python -c "from gandhara.start import write_secret; write_secret()"
	@DEBUG=on $(BIN)/python manage.py migrate --verbosity 0
	@DEBUG=on $(BIN)/python manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

test: $(VENV)/.dev
	@$(TRYING) $(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/ruff check $(LINTED)
	$(BIN)/djlint --lint --quiet templates
	$(TRYING) $(BIN)/python manage.py check --fail-level WARNING
	$(TRYING) HTTPS=on SITE_URL=https://news.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(TRYING) $(BIN)/python manage.py makemigrations --check --dry-run
	$(TRYING) $(BIN)/python -m pytest -q tests/test_house.py

format: $(VENV)/.dev
	$(BIN)/ruff format $(LINTED)
	$(BIN)/ruff check --fix $(LINTED)

# Needs GNU gettext. New words then wait in locale/*/LC_MESSAGES/django.po for their translation.
words: $(VENV)/.dev
	$(TRYING) $(BIN)/python manage.py makemessages $(WORDS) --no-location --no-wrap --no-obsolete --ignore $(VENV)
	$(TRYING) $(BIN)/python manage.py compilemessages $(WORDS) --ignore $(VENV)

# The pictures of the guides and of the design, taken of a demo of its own.
pictures: $(VENV)/.dev
	@$(BIN)/python docs/take_pictures.py
	@$(BIN)/python docs/take_design_pictures.py

# How near pages come to a ready file, side by side with plain Django; ARGS=--quick for a short look.
bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks.side_by_side $(ARGS)

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis test-results

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed; this is ' + sys.version.split()[0])"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what requirements.txt names ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

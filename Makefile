# The commands of the project; each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app
PORT ?= 5000
# In CI the bundle itself must be there; elsewhere it is enough to have tried.
BUNDLED := static/built/$(if $(CI),editor.js,.bundled)
# One more than the two cores: a test waits for its browser, or for the database's processes.
WORKERS ?= 3
export PORT

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev editor run test test-sqlite test-postgresql coverage check bench bench-previews bench-imports bench-scale screenshots lock messages clean

help: ## Show these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

setup: $(VENV)/.installed $(BUNDLED) ## Make .venv with what the application needs

setup-dev: $(VENV)/.installed-dev $(BUNDLED) ## Make .venv with what tests and checks need too

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || (echo "The venv module is missing; on Debian: apt-get install python3-venv" && rm -rf $(VENV) && exit 1)

$(VENV)/.installed: requirements.lock app/translations/en/LC_MESSAGES/messages.po | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pybabel --quiet compile -d app/translations
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock app/translations/en/LC_MESSAGES/messages.po | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pybabel --quiet compile -d app/translations
	@touch $@ $(VENV)/.installed

$(BUNDLED): package.json package-lock.json tools/bundle.py $(wildcard editor/*.js) | $(VENV)/bin/python
	@$(BIN)/python tools/bundle.py
	@touch $@

editor: | $(VENV)/bin/python ## Bundle the trainers' editor anew
	@$(BIN)/python tools/bundle.py
	@touch $(BUNDLED)

run: setup ## Serve the demonstration on PORT (5000 unless told)
	@$(FLASK) demo serve

test: setup-dev test-sqlite test-postgresql ## Run all tests, on SQLite then on PostgreSQL

test-sqlite: setup-dev
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

test-postgresql: setup-dev
	$(BIN)/python -m tests.on_postgresql -n $(WORKERS) --dist worksteal

coverage: setup-dev ## Measure the branches that the tests take (SQLite, without browser)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not browser" --ignore=tests/faults --cov --cov-report=term:skip-covered

check: setup-dev ## Lint, types, architecture, templates, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint app/templates --lint --quiet
	$(FLASK) content check

bench: setup-dev ## Measure the pages beside bare ones, on both databases
	$(BIN)/python -m benchmarks.run

bench-previews: setup-dev ## Measure what hostile previews cost those who learn
	$(BIN)/python -m benchmarks.previews

bench-imports: setup-dev ## Measure how long directory files take to import
	$(BIN)/python -m benchmarks.imports

bench-scale: setup-dev ## Measure HR's pages at 5,000 and 500,000 agents
	$(BIN)/python -m benchmarks.scale

screenshots: setup-dev ## Make the pictures of the README anew
	$(BIN)/python -m tests.e2e.screenshots

messages: setup-dev ## Bring the English catalogue up to date with the screens
	@mkdir -p build
	$(BIN)/pybabel --quiet extract -F babel.cfg -k lazy_gettext -k _l --no-location --sort-output -o build/messages.pot app
	$(BIN)/pybabel --quiet update -i build/messages.pot -d app/translations -l en --no-fuzzy-matching --ignore-obsolete --no-wrap
	$(BIN)/pybabel --quiet compile -d app/translations

lock: ## Pin the dependencies anew, with their hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --no-header --no-annotate -o requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev -c requirements.lock --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --no-header --no-annotate -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent

clean: ## Remove what set-up made (never the database)
	rm -rf $(VENV) node_modules static/built build/node .mypy_cache .ruff_cache .pytest_cache

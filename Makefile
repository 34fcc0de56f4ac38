# The commands of Pillanat. Only make and Python >= 3.11 are assumed; everything else is set up
# in .venv/ from pinned versions. A stamp file stands for each finished step.

PORT ?= 8000
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
WORDS := $(wildcard archive/translations/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test run worker lint bench drill e2e docs pins wheel clean dev parts judges

help: ## lists these commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.browser ## installs the program into .venv/ and brings the browser files

demo: setup ## fills a demo archive, prints its logins, serves it (PORT=8000)
	$(BIN)/pillanat demo
	$(BIN)/pillanat serve --port $(PORT)

test: setup parts dev judges lint ## sets up what tests need and runs them all
	$(BIN)/pytest -n 2 --dist worksteal -rs

run: setup ## serves the archive (PORT=8000)
	$(BIN)/pillanat serve --port $(PORT)

worker: setup ## works off background jobs and keeps the index
	$(BIN)/pillanat worker

lint: dev ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: dev ## measures speed beside a peer in the same run (ONLY=search)
	$(BIN)/python tests/bench/run.py $(ONLY)

drill: dev parts ## every fault at every point, not the sample that `make test` takes
	$(BIN)/pytest -rs tests/faults tests/journeys/test_editors.py \
		tests/unit/search/test_answers.py --every-fault

e2e: dev parts judges ## the journeys and pages in a real browser
	$(BIN)/pytest -rs tests/browser

docs: setup ## lists the documentation and checks its links
	$(BIN)/python scripts/docs.py

pins: dev ## compiles the requirements files after a change of pyproject.toml (UPGRADE=1 for newer)
	sh scripts/pins.sh $(if $(UPGRADE),--upgrade)

wheel: setup ## builds dist/*.whl with browser files and translations inside
	rm -rf build
	$(BIN)/python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir dist .

clean: ## removes what set-up and tests made; never data
	rm -rf .venv node_modules build dist archive/static/vendor *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results

dev: .venv/.dev

judges: .venv/.judges

parts:
	$(PYTHON) scripts/system_parts.py

.venv/.python:
	@test -n "$(PYTHON)" || { echo "Pillanat needs Python 3.11 or newer." >&2; exit 1; }
	$(PYTHON) scripts/make_venv.py
	@touch $@

.venv/.run: .venv/.python requirements.txt requirements-build.txt
	$(PIP) -r requirements.txt -r requirements-build.txt
	@touch $@

.venv/.editable: .venv/.run pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-build-isolation --no-deps --editable .
	@touch $@

.venv/.browser: .venv/.editable package-lock.json scripts/browser_files.py scripts/fonts.py scripts/outlines.py $(WORDS)
	$(BIN)/python scripts/browser_files.py
	@touch $@

.venv/.dev: .venv/.browser requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	@touch $@

.venv/.judges: .venv/.dev requirements-judges.txt scripts/judges.py
	$(BIN)/python scripts/judges.py
	@touch $@

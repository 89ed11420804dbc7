# Everything there is to do with a checkout. `make help` lists it.
#
# Needs python3 (3.11 or newer) with pip, make and git. No virtual environment has to be active: .venv is made here,
# and everything that is installed comes from the locks, by hash.

SHELL = /bin/sh
.DEFAULT_GOAL := demo
# The tests come last, so that their closing line is at the end of the output.
.NOTPARALLEL:
.SUFFIXES:
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

PYTHON ?= python3
UV ?= uv

BIN = .venv/bin
PY = $(BIN)/python
PIP = $(PYTHON) -m pip --python $(PY) -qq --disable-pip-version-check
PIP_INSTALL = $(PIP) install --no-warn-script-location
# A lock is the whole list: nothing is resolved, so a release made later cannot change what is installed.
INSTALL_LOCK = $(PIP_INSTALL) --no-deps --require-hashes -r
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)
SOURCES = src tests tools bench fuzz

SITE_PY = .venv-site/bin/python

.PHONY: demo test test-cluster fresh site check format-check lint types layers structure docs-check fix docs pictures lock bench bench-peers agreement seeded corpus fuzz mutation clean help

## demo          check the figures of 2018 against the plan (what plain `make` does)
demo: .make/run
	$(BIN)/czurban check examples/actuals-2018.csv --period 2018 --fail-on never

## test          run the tests, one process for each processor
test: .make/dev
	$(PY) -m pytest -n auto --dist worksteal $(COVERAGE)

## test-cluster  run the tests on a Spark Connect server over a local cluster of two workers (needs Java 17)
test-cluster: .make/spark
	CZURBAN_TESTS_MUST_RUN=all $(PY) -m pytest -q -m cluster

## fresh         install from the locks with old and new pip, and run the wheel from an empty environment (needs the index)
fresh: .make/dev
	$(PYTHON) tools/fresh.py
	$(PY) -m pytest -q -m fresh

## site          build the documentation in English and Chinese into site/, and check every link (needs the index once)
site: .make/site
	$(SITE_PY) -m mkdocs build --quiet --strict
	$(PYTHON) tools/site_check.py site

## check         the one gate: format, lint, types, layers, generated files, then the tests with branch coverage
check: COVERAGE = --cov --cov-branch --cov-report=term
check: format-check lint types layers structure docs-check test

## format-check  is the code formatted?
format-check: .make/dev
	$(BIN)/ruff format --check $(SOURCES)

## lint          is the code free of known mistakes?
lint: .make/dev
	$(BIN)/ruff check $(SOURCES)

## types         do the types hold?
types: .make/dev
	$(BIN)/mypy
	$(BIN)/mypy tools bench

## layers        does every module import only from the layers below it?
layers: .make/dev
	$(BIN)/lint-imports

## structure     does the code keep its shape: sizes, importers, names, words? (tools/structure.py has the limits)
structure: .make/dev
	$(PY) tools/structure.py

## docs-check    are the generated pages and the translations current?
docs-check: .make/dev
	$(PY) tools/docs.py --check
	$(PY) tools/words.py --check
	$(PY) bench/pages.py --check

## fix           format the code and correct what the linter can correct
fix: .make/dev
	$(BIN)/ruff check --fix-only --quiet $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

## docs          write the generated pages and the translation files
docs: .make/dev
	$(PY) tools/words.py
	$(PY) tools/docs.py
	$(PY) tools/bad_examples.py
	$(PY) bench/pages.py

## pictures      draw docs/images again (needs LibreOffice with Writer and Calc, poppler and chromium)
pictures: .make/dev
	$(PY) tools/pictures.py
	$(PY) tools/page_pictures.py

## lock          write the locks again (needs uv; `make lock UPGRADE=--upgrade` takes newer versions)
lock:
	@command -v $(UV) >/dev/null 2>&1 || { echo "make lock needs uv; install it, or name it with UV=/path/to/uv." >&2; exit 1; }
	$(COMPILE) --extra reports pyproject.toml requirements/run.in -o requirements.lock >/dev/null
	$(COMPILE) --extra reports --extra pdf pyproject.toml requirements/dev.in -o requirements-dev.lock >/dev/null
	$(COMPILE) --extra spark pyproject.toml requirements/spark.in -o requirements-spark.lock >/dev/null
	$(COMPILE) requirements/site.in -o requirements-site.lock >/dev/null
	@for lock in requirements.lock requirements-dev.lock requirements-spark.lock requirements-site.lock; do \
		{ echo '# Made by `make lock`; do not edit by hand.'; grep -v '^#' $$lock; } > $$lock.new && mv $$lock.new $$lock || exit 1; \
		if grep -nE '://|^--' $$lock; then echo "$$lock names an index or an address; see above." >&2; exit 1; fi; \
	done

## bench         measure small inputs and tables of every shape, ten minutes; writes shapes.json and the pages; fails if a limit is passed
bench: .make/run
	$(PY) bench/run.py --write $(if $(LARGE),--large $(LARGE))

## bench-peers   measure it together with other tools, an hour long (QUICK=1: 15 minutes); writes benchmarks.json and the pages
bench-peers: .make/run
	$(PY) bench/compare.py $(if $(QUICK),-n 1 --sizes 25 1M --seconds 20) $(if $(LARGE),--large $(LARGE))

## agreement     compare rows in Python with DuckDB over random tables (TABLES=100 ROWS=10000), with Spark over SPARK_TABLES
agreement: TABLES ?= 100
agreement: ROWS ?= 10000
agreement: SPARK_TABLES ?= 0
agreement: .make/dev
	TABLES=$(TABLES) ROWS=$(ROWS) SPARK_TABLES=$(SPARK_TABLES) $(PY) -m pytest -q -n auto -p no:cacheprovider tests/engines/test_random_tables.py

## corpus        write known figures as every kind of table, and print which share of them is read
corpus: .make/dev
	$(PY) -m pytest -q -rP tests/reading/test_corpus.py -k misread

## seeded        plant ordinary mistakes in figures and in a plan's files, and write explanation/seeded*.md in docs and docs/zh
seeded: .make/dev
	$(PY) tools/seeded.py
	$(PY) tools/seeded_plans.py

## fuzz          try changed bytes on every reader (FUZZ_EXAMPLES inputs each); what fails is kept in tests/found
fuzz: .make/dev
	$(PY) -m pytest -q -p no:cacheprovider fuzz

## mutation      change the judging core one thing at a time: do the tests notice? (MODULES="model/target/interval …"; an hour)
mutation: .make/dev
	CI=1 $(PY) tools/mutation.py $(MODULES)

## clean         remove .venv and everything else that can be made again
clean:
	rm -rf .venv .venv-site .make build site dist htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f .coverage .coverage.*
	find $(SOURCES) -type d -name __pycache__ -prune -exec rm -rf {} +

## help          list the targets
help:
	@sed -n 's/^## /  make /p' Makefile

# The stamps. They hang on pyvenv.cfg and not on the python in .venv, which is a link to an old file.

.venv/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null 2>&1 || \
		{ echo "There is no $(PYTHON) here; name a Python 3.11 or newer: make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "czurban needs Python 3.11 or newer, and $(PYTHON) is older; name a newer one: make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -c 'import pip' 2>/dev/null || \
		{ echo "$(PYTHON) has no pip; install pip for it, or name another Python: make PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -m venv --clear --without-pip .venv
	@touch $@

.make/run: .venv/pyvenv.cfg requirements.lock pyproject.toml
	@mkdir -p .make
	@$(INSTALL_LOCK) requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --no-index -e .
	@$(PIP) check
	@touch $@

.make/dev: .make/run requirements-dev.lock
	@$(INSTALL_LOCK) requirements-dev.lock
	@$(PIP) check
	@touch $@

.make/spark: .make/dev requirements-spark.lock
	@$(INSTALL_LOCK) requirements-spark.lock
	@$(PIP) check
	@touch $@

.make/site: requirements-site.lock
	@$(PYTHON) -m venv --clear --without-pip .venv-site
	@$(PYTHON) -m pip --python $(SITE_PY) -qq --disable-pip-version-check install --no-warn-script-location \
		--no-deps --require-hashes -r requirements-site.lock
	@mkdir -p .make
	@touch $@

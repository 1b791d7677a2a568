# The commands of a developer. Each sets up what it needs in .venv, once.

# The first Python on this machine that is new enough; override with `make PYTHON=…`.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$candidate && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST_ARGS ?=
MUTANTS ?=
PO := scripts/parkgraph/locale/zh/LC_MESSAGES/parkgraph.po

.PHONY: run site serve test test-stores check catalogue format mutants bench bench-page clean

# Answers the first question of the README.
run: $(VENV)/.installed
	@$(BIN)/parkgraph ask projects-serving-industry --format table

# The pages as a folder for any web host, and live; Node, where it is missing, comes from PyPI.
site: $(VENV)/.installed-web
	@$(BIN)/parkgraph site -o site

serve: $(VENV)/.installed-web
	@$(BIN)/parkgraph serve

# On all cores, a file of tests a process at a time; PYTEST_ARGS="-n 0" runs them one after the other.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

# Fetches Fuseki, RDF4J, FedX and Virtuoso into .stores, once; what cannot be had is skipped, with the reason.
test-stores: $(VENV)/.installed-dev
	$(BIN)/python tests/stores/store_servers.py
	$(BIN)/python -m pytest -rs -n 2 --dist loadfile -m 'slow or not slow' tests/stores $(PYTEST_ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/parkgraph lint
	$(BIN)/parkgraph validate

# The sentences of the source into the Chinese catalogue; fill what is empty there, then run it again.
catalogue: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -F pyproject.toml -k _ --no-location --sort-output --omit-header -o .messages.pot scripts/parkgraph
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -N -w 110 -l zh -i .messages.pot -o $(PO)
	@rm .messages.pot
	$(BIN)/python hatch_build.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix scripts tests
	$(BIN)/ruff format scripts tests

# Wrong changes of shapes, questions and checks that no test would notice.
mutants: $(VENV)/.installed-dev
	@$(BIN)/python tests/mutants/run.py $(MUTANTS)

bench: $(VENV)/.installed
	@$(BIN)/python scripts/benchmarks/bench.py run --reference-runs 1

# The page of the documentation, measured anew: half an hour on a quiet machine.
BENCH ?= --parks 1,5,50,500 --runs 3,3,2,1 --reference-runs 1,1,0,0 --ask-limit 60
bench-page: $(VENV)/.installed
	$(BIN)/python scripts/benchmarks/bench.py run $(BENCH) --output docs/benchmarks/report.json
	$(BIN)/python scripts/benchmarks/bench.py page docs/benchmarks/report.json

clean:
	rm -rf $(VENV) dist dist.tmp.* dist.old.* .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml hatch_build.py $(PO)
	@test -n "$(PYTHON)" || { echo "parkgraph needs Python 3.11 or newer; name one with make PYTHON=…" >&2; exit 1; }
	@echo "setting up $(VENV) (once)" >&2
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-web: $(VENV)/.installed $(wildcard scripts/parkgraph/web/front/*.* scripts/parkgraph/web/front/src/*)
	$(INSTALL) --editable '.[web]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(INSTALL) --editable '.[dev]'
	@touch $@

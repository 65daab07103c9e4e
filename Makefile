# Two commands matter, and need only Python >= 3.11 and make: `make demo` and `make test`.
# `make` alone lists the rest. Everything is installed in .venv, inside the checkout.

PYTHON ?= python3
UV ?= uv
WORKSPACE := workspace
ARGS :=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# The demo stays on this machine, whatever the shell that called it has set up.
OUTBREACH := env -u OUTBREACH_URI OUTBREACH_WORKSPACE=$(WORKSPACE) $(BIN)/outbreach

RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
RIVALS := bench/.venv/rivals.stamp

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format docs docs-check bench-extraction bench-identity train-identity test-spark lock dist clean

help:  ## list what can be made
	@echo "Outbreach: a knowledge graph of health-data breaches. What can be made:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-18s%s\n", $$1, $$2 }'
	@echo "PYTHON=python3.13 chooses the Python that .venv is made from; ARGS='-k people' goes to pytest."

demo: $(RUNTIME)  ## the main job: incident records become a graph that says who else is hit, and one HTML file
	@echo "1/7  Loading the incident records that the project ships into ./$(WORKSPACE)"
	@$(OUTBREACH) load curated
	@echo
	@echo "2/7  Building the graph from the records, in the embedded engine"
	@$(OUTBREACH) build
	@echo
	@echo "3/7  Who is hit through MOVEit Transfer, a file-transfer product?"
	@$(OUTBREACH) query run blast-radius --param start="MOVEit Transfer"
	@echo
	@echo "4/7  Who is hit through Dedalus France, a maker of software for health bodies?"
	@$(OUTBREACH) query run blast-radius --param start="Dedalus France"
	@echo
	@echo "5/7  Who is hit through Segma Recherche, a firm that surveys patients?"
	@$(OUTBREACH) query run blast-radius --param start="Segma Recherche"
	@echo
	@echo "6/7  Who is hit by Cl0p, an attacker?"
	@$(OUTBREACH) query run blast-radius --param start="Cl0p"
	@echo
	@echo "7/7  Writing the story of MOVEit Transfer as one interactive page: open this file in a browser"
	@$(OUTBREACH) export story --start "MOVEit Transfer"

test: $(DEV)  ## run every test (about what CI runs; ARGS=... goes to pytest)
	@echo "Running every test, on the embedded engine and real files"
	@$(BIN)/python -m pytest $(ARGS)

bench-extraction: $(DEV)  ## how well portal descriptions and articles are read: precision, recall, invented names, speed
	@echo "Reading the gold of portal descriptions, and that of articles"
	@$(BIN)/python -m bench.extraction
	@$(BIN)/python -m bench.articles

lint: $(DEV)  ## formatting, ruff, mypy strict, and whether the generated docs are current
	@echo "Checking the formatting"
	@$(BIN)/ruff format --check .
	@echo "Checking the code with ruff"
	@$(BIN)/ruff check .
	@echo "Checking the types with mypy"
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory docs-check

format: $(DEV)  ## put the code in the house's form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(DEV)  ## write the generated pages of docs/ anew
	@echo "Writing the generated pages of docs/"
	@$(BIN)/python docs/generate.py

docs-check: $(DEV)  ## say whether the generated pages of docs/ are current
	@echo "Checking that the generated pages of docs/ are current"
	@$(BIN)/python docs/generate.py --check

bench-identity: $(DEV) $(RIVALS)  ## how good and how fast the resolver is, beside other matchers (ARGS=--write writes the page)
	@echo "Measuring the resolver on the pairs of tests/gold, then on many mentions"
	@$(BIN)/python -m bench.identity $(ARGS)

train-identity: $(DEV)  ## learn anew how names are compared, from the public data beside the project (docs/identity.md)
	@echo "Making the tables of words, places and names in graph/data, and the model, anew"
	@$(BIN)/python -m bench.train_identity

test-spark: $(DEV)  ## the same model on Splink's Spark backend, on a small set in local mode (needs Java 17; installs pyspark)
	@echo "Installing pyspark into $(VENV), and scoring a small set on DuckDB and on Spark"
	@$(PIP) install "pyspark>=4.0" pandas pyarrow
	@$(BIN)/python -m bench.spark_identity

dist: $(DEV)  ## build the sdist, and the wheel from it, into dist/
	@echo "Building the sdist, and the wheel from it, into dist/"
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --quiet
	@ls dist/*

# Wheels only, for every platform at once, and one version of each for all Pythons; pins that still fit are kept.
LOCK := pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --only-binary :all: \
	--emit-build-options --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock"

lock:  ## write both lock files anew with uv (UPGRADE=--upgrade for newer versions)
	@command -v $(UV) > /dev/null || { echo "The locks are made by uv: install it, or say where it is: make lock UV=PATH" >&2; exit 1; }
	@echo "Writing requirements.lock and requirements-dev.lock"
	@$(UV) $(LOCK) $(UPGRADE) --group build pyproject.toml -o requirements.lock
	@$(UV) $(LOCK) $(UPGRADE) --extra articles --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:  ## remove what was made here: .venv, caches, dist/ (./workspace is yours and stays)
	rm -rf $(VENV) bench/.venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Setting up. A stamp is newer than all it was made from, so a second call installs nothing.

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "Installing the tools for tests and checks in $(VENV)"
	@$(PIP) install -r requirements-dev.lock
	@touch $@

$(RIVALS): bench/requirements.txt | $(BIN)/pip
	@echo "Installing nomenklatura in bench/.venv, to compare with"
	@$(BIN)/python -m venv --clear bench/.venv
	@bench/.venv/bin/python -m pip --disable-pip-version-check --no-input --quiet install --no-deps --only-binary :all: -r bench/requirements.txt
	@touch $@

$(RUNTIME): pyproject.toml requirements.lock | $(BIN)/pip
	@echo "Installing outbreach and the pinned packages that it runs on in $(VENV)"
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/pip:
	@command -v $(PYTHON) > /dev/null || { echo "Outbreach needs Python 3.11 or newer, and there is no $(PYTHON) here: make PYTHON=PATH …" >&2; exit 1; }
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@echo "Making a virtual environment in $(VENV) from $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

# One sentence for each way in which a machine cannot do; written so that any Python, also an old one, can read it.
define CHECK_PYTHON
import platform, sys, sysconfig
system, machine = platform.system(), platform.machine()
if sys.version_info < (3, 11):
    sys.exit("Outbreach needs Python 3.11 or newer, and this is %s: make PYTHON=PATH says which to use." % platform.python_version())
if system == "Darwin" and machine == "x86_64":
    sys.exit("There is no wheel of the embedded engine (arcadedb) for macOS on Intel processors: use Linux, or a Mac with Apple silicon.")
if system == "Linux" and "musl" in (sysconfig.get_config_var("SOABI") or ""):
    sys.exit("There is no wheel of the embedded engine (arcadedb) for Linux with musl, such as Alpine: use one with glibc, such as Debian.")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("This Python has no venv module: install it (on Debian and Ubuntu: apt-get install python3-venv), then call make again.")
endef
export CHECK_PYTHON

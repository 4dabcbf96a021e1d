# make demo | test | test-slow | test-spark | quality | crawl CONTACT=... | lint | format | lock | bench | clean
PYTHON ?= python3
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
CRAWLS := $(VENV)/crawls
READY := $(VENV)/ready
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo test test-reading test-slow test-spark quality crawl lint format lock bench clean
.DELETE_ON_ERROR:

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1)' || { echo "make: Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) -V 2>&1): make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(CRAWLS): requirements.txt requirements-demo.txt | $(VENV)/bin/python
	@echo "Setting up $(VENV) with what a crawl needs: 265 MB, about a minute, once."
	@$(INSTALL) -r requirements-demo.txt
	@touch $@

$(READY): requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Setting up $(VENV) with what the tests need: 1.1 GB, about three minutes, once."
	@$(INSTALL) -r requirements-dev.txt
	@touch $(CRAWLS) $@

demo: $(CRAWLS)
	$(BIN)/python -m tests.replica.demo

# one process a core (WORKERS=8: eight); a file stays in one process, so that what it sets up is set up once
test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow"

# what reads and joins articles, and a crawl: on another Python by PYTHON=python3.13 VENV=.venv-3.13
test-reading: $(READY)
	$(BIN)/mypy --python-version $$($(BIN)/python -c 'import sys; print(*sys.version_info[:2], sep=".")')
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow" tests/language tests/pages tests/mentions tests/meetings tests/test_crawl_archive.py tests/test_crawl_replica.py

# the long ones: a hundred kills, a million meetings
test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

# years of archives: the job of crawler/bulk on a real Spark, which needs Java
test-spark: $(READY)
	@command -v java >/dev/null || { echo "make test-spark: Java 17 or 21 is needed" >&2; exit 2; }
	@echo "Adding Spark to $(VENV): 491 MB, about two minutes, once."
	@$(INSTALL) -r requirements-spark.txt
	$(BIN)/python -m pytest tests/bulk

# how good it is: the labelled articles and cases, and what a change made of them (docs/quality.md)
quality: $(CRAWLS)
	$(BIN)/python -m quality

crawl: $(CRAWLS)
	@test -n "$(CONTACT)" || { echo "make crawl CONTACT=you@example.org: the sites must be able to write to you" >&2; exit 2; }
	$(BIN)/scrapy crawl all -s CONTACT="$(CONTACT)"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# UPGRADE=1: the newest versions, instead of those that are locked
lock: | $(VENV)/bin/python
	@$(INSTALL) -r requirements-lock.txt
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)

bench: $(READY)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(VENV)-* .mypy_cache .pytest_cache .ruff_cache .hypothesis

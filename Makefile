# make demo | test | test-slow | test-spark | crawl CONTACT=... | lint | format | bench | clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test test-slow test-spark crawl lint format bench clean
.DELETE_ON_ERROR:

$(READY): $(wildcard requirements*.txt)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

demo: $(READY)
	$(BIN)/python -m tests.replica.demo

# one process a core; a file stays in one process, so that what it sets up is set up once
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not slow"

# the long ones: a hundred kills, a million meetings
test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

# years of archives: the job of crawler/bulk on a real Spark, which needs Java
test-spark: $(READY)
	@command -v java >/dev/null || { echo "make test-spark: Java 17 or 21 is needed" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.txt
	$(BIN)/python -m pytest tests/bulk

crawl: $(READY)
	@test -n "$(CONTACT)" || { echo "make crawl CONTACT=you@example.org: the sites must be able to write to you" >&2; exit 2; }
	$(BIN)/scrapy crawl all -s CONTACT="$(CONTACT)"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(VENV)-* .mypy_cache .pytest_cache .ruff_cache .hypothesis

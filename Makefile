# make demo: install, build the example, say where its page and its Turtle file are.   make test: install, run the tests.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP_FLAGS ?=

.PHONY: demo test check exports lock clean

demo: $(VENV)/installed
	$(BIN)/kg build examples/talks.txt
	@echo "page:   $(CURDIR)/exports/talks.html"
	@echo "Turtle: $(CURDIR)/exports/talks.ttl"

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy

# What exports/ holds in the repository and what README.md shows; CI builds it again and compares.
exports: $(VENV)/installed-dev
	$(BIN)/kg build examples/talks.txt
	$(BIN)/python -m tests.readme

# Exact versions with hashes for CI; users get the ranges of pyproject.toml.
LOCKED := --generate-hashes --strip-extras --allow-unsafe --no-annotate --no-header --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links
lock: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet pip-tools
	{ echo "# What CI installs, for Python 3.11; written by make lock."; \
	$(BIN)/pip-compile --quiet $(LOCKED) --extra dev --extra scale --output-file - pyproject.toml; } > requirements/ci.new
	mv requirements/ci.new requirements/ci.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS) -e .
	touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS) -e ".[dev]"
	touch $@ $(VENV)/installed

# Longroad. `make run` from a fresh clone ends with the path of a dossier.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PACK ?= epaa-2011
OUT ?= runs/$(PACK)
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml

READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test

.PHONY: help run setup test setup-test lint types bench docs lock clean

help:
	@echo "make run     install what is needed, run the pack $(PACK), print the dossier's path"
	@echo "make test    install what the tests need, run them all"
	@echo "make lint    style of the code           make types   static types"
	@echo "make bench   speed, printed as ratios     make docs    write help and tables into docs/ anew"
	@echo "make lock    choose versions anew        make clean   take away what was made"

run: $(READY)
	@$(BIN)/longroad run $(PACK) --out $(OUT)

setup: $(READY)

setup-test: $(READY_TEST)
	@scripts/find-browser --install >/dev/null || true

test: setup-test
	@$(BIN)/python -m pytest

lint: $(READY_TEST)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY_TEST)
	@$(BIN)/mypy

bench: $(READY_TEST)
	@set -e; for program in benchmarks/*.py; do echo "== $$program"; $(BIN)/python $$program; done

docs: $(READY)
	@$(BIN)/python builders/docs_pages.py
	@$(BIN)/python builders/catalog_pages.py
	@$(BIN)/python builders/verification_page.py

# The lock files hold versions only: which registry they come from is the user's own setting.
lock: $(READY)
	@$(PIP) uv
	@$(COMPILE) --upgrade -o requirements.lock
	@$(COMPILE) --upgrade --extra test --extra dev --constraint requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find src tests builders benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@python=$$(PYTHON="$(PYTHON)" scripts/find-python) || exit 1; \
	echo "Making $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Longroad and the packages of requirements.lock into $(VENV)"
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

$(READY_TEST): requirements-test.lock $(READY)
	@echo "Installing the packages of requirements-test.lock into $(VENV)"
	@$(PIP) -r requirements-test.lock
	@touch $@

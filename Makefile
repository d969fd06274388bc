# Everything a newcomer types. It wants python3 (3.11 or newer), make and a package registry.

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := .venv/packages
READY := .venv/ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check lock bench clean

help:
	@echo "make demo     watch the desk at work on a homeserver of its own (ONCE=1: end after the scene)"
	@echo "make test     run every test (ARGS='-k claim' for some)"
	@echo "make check    formatting, lint, types, import contracts"
	@echo "make bench    measure"
	@echo "make lock     pin the dependencies anew (UPGRADE=1: the newest ones)"
	@echo "make clean    remove all that the others made"

demo: $(READY)
	$(BIN)/kaz-bot demo $(if $(ONCE),--once)

test: $(READY)
	$(BIN)/python -m pytest $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m benchmarks $(ARGS)

$(READY): $(PACKAGES) pyproject.toml
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(PACKAGES): requirements/dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Kaz-Bot needs Python 3.11 or newer, \
	which is not installed as $(PYTHON)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kaz-Bot needs \
	Python 3.11 or newer; $(PYTHON) is older. Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making .venv (once, about a minute)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --progress-bar off --require-hashes -r requirements/dev.txt
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate \
    --python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: $(READY)
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements/dev.txt
	$(COMPILE) requirements/synapse.in -o kaz_bot/demo/synapse.txt
	if command -v npm >/dev/null; then cd tests/interop && npm install --package-lock-only \
	    --ignore-scripts --omit-lockfile-registry-resolved; fi

clean:
	rm -rf .venv .synapse tests/interop/node_modules .demo build dist \
	    .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

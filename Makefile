# Everything a newcomer types. It wants python3 (3.11 or newer), make and a package registry.

PYTHON ?= python3
BIN := .venv/bin
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

# pip is content at once with what is installed already, so this is quick and offline whenever
# only pyproject.toml has changed.
$(READY): requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || \
	    { echo "Kaz-Bot needs Python 3.11 or newer as $(PYTHON), which is not installed." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit("Kaz-Bot needs Python 3.11 or newer; $(PYTHON) is %d.%d. \
	Name another one: make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Making .venv (once, about a minute)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --progress-bar off --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate \
    --python-version 3.11 --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: $(READY)
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements/dev.txt
	$(COMPILE) requirements/synapse.in -o kaz_bot/demo/synapse.txt

clean:
	rm -rf .venv .synapse .node .demo build dist \
	    .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

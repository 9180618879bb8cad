# Everything a newcomer needs; `make` alone lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Where pip finds a CPU build of torch, if not where it looks anyway (see README).
TORCH_INDEX ?=
BIN := .venv/bin
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
DEMO := REFRAIN_DATA_DIR=$${REFRAIN_DATA_DIR:-data/demo}
.DEFAULT_GOAL := help
.PHONY: help install chromium demo run unit test check fmt fuzz bench screenshots clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: install ## set up, load the sample archive, check one statement, print its precedents
	@$(DEMO) $(BIN)/refrain demo

run: install ## serve the sample archive and a queue of flags at http://127.0.0.1:8000
	@$(DEMO) REFRAIN_DEMO=1 $(BIN)/refrain serve

unit: install ## the tests of single parts, in seconds: to be run all day
	@$(BIN)/python -m pytest -q --hypothesis-profile=quick tests/unit

test: install chromium ## set up and run every check and test, in 3 GB; WORKERS=8 takes 1 to 1.5 GB each
	@$(MAKE) --no-print-directory check
	@# The large models need both cores and 2 GB for themselves; their memory ends with their process.
	@$(BIN)/python -m pytest -q tests/contract
	@$(BIN)/python -m pytest -q -n $${WORKERS:-auto} --dist loadfile --ignore tests/contract

check: install ## style, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fmt: install ## format the code, and make the ordinary client from the one for asyncio
	@$(BIN)/python client/make_sync.py
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz: install ## send thousands of generated requests to a running service, and check every answer
	@$(BIN)/python bench/fuzz.py

bench: install ## measure quality and speed on the data in DATA (default ../shared/data); takes an hour
	@$(BIN)/python bench/all.py $${DATA:-../shared/data}

screenshots: install chromium ## take the pictures of docs/images from a demo of its own
	@$(BIN)/python bench/screenshots.py

clean: ## remove the virtual environment and the demo's data
	rm -rf .venv data/demo

# The pages are tested in a real browser.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	  as=; [ $$(id -u) = 0 ] || as=$$(command -v sudo || true); \
	  if command -v apt-get >/dev/null && { [ $$(id -u) = 0 ] || [ -n "$$as" ]; }; then \
	    echo "Installing Chromium, once, for the tests of the pages." >&2; \
	    $$as apt-get -qq update && $$as env DEBIAN_FRONTEND=noninteractive \
	      apt-get -qq install --no-install-recommends --yes chromium >/dev/null; \
	  else echo "The tests of the pages need Chromium: install it, so that 'chromium' is a command." >&2; exit 1; fi; }

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Refrain needs Python 3.11, and $(PYTHON) is " + sys.version.split()[0] + \
	  ": call make with PYTHON=/path/to/python3.11") if sys.version_info[:2] != (3, 11) else None'
	@echo "Setting up .venv, once; it takes some minutes." >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) \
	  -r requirements.lock | awk -v all=$$(grep -c == requirements.lock) '\
	  /^Collecting/ {n++; printf("\r  %d of %d packages fetched", n, all)} \
	  /^Installing/ {printf("\r  installing them ...            ")} {fflush()} END {print ""}' >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

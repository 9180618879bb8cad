# Everything a newcomer needs; `make` alone lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# PyTorch's index of builds for ordinary processors, used by `make models` alone; the build on PyPI is for graphics cards.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
# Version of the audit's tool: it has an environment of its own.
PIP_AUDIT := 2.10.1
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Modules are compiled once and not at every start, wherever make is called: a start takes half as long.
export PYTHONDONTWRITEBYTECODE :=
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PARALLEL := -n $${WORKERS:-auto} --dist loadfile
DEMO := REFRAIN_DATA_DIR=$${REFRAIN_DATA_DIR:-data/demo}
.DEFAULT_GOAL := help
SERVING := .venv/installed-serving
MODELS := .venv/installed-models
DEV := .venv/installed-dev
.PHONY: help demo run models unit test check fmt fuzz bench screenshots lock audit clean chromium strace node lint

help: ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(SERVING) ## set up, load the sample archive, check one statement, print its precedents
	@$(DEMO) $(BIN)/refrain demo

run: $(SERVING) ## serve the sample archive and a queue of flags at http://127.0.0.1:8000
	@$(DEMO) REFRAIN_DEMO=1 $(BIN)/refrain serve

models: $(MODELS) ## add what other sentence-transformers models and `refrain calibrate` need

unit: $(DEV) ## the tests of single parts, in seconds: to be run all day
	@$(BIN)/python -m pytest -q --hypothesis-profile=quick tests/unit

test: $(DEV) chromium strace node ## set up and run every check and test, in 3 GB; WORKERS=8 takes 1 to 1.5 GB each
	@$(MAKE) --no-print-directory check
	@# In parts, for memory ends with its process: the large models need 2 GB, services that are started one each, and
	@# the browser's library keeps an event loop running, in which other tests could not start theirs.
	@$(BIN)/python -m pytest -q tests/contract
	@$(BIN)/python -m pytest -q $(PARALLEL) tests/unit tests/properties tests/http tests/integration tests/quality
	@$(BIN)/python -m pytest -q $(PARALLEL) tests/cli tests/client tests/docs tests/deploy tests/durability tests/faults
	@$(BIN)/python -m pytest -q $(PARALLEL) tests/pages

check: $(DEV) ## style, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

fmt: $(DEV) ## format the code, make the ordinary client from the one for asyncio, the types of client-js, and the extension's copy of it
	@$(BIN)/python client/make_sync.py
	@$(BIN)/python client-js/make_types.py
	@cp client-js/{errors,refrain,transport}.js plugins/browser/client
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz: $(DEV) ## send thousands of generated requests to a running service, and as many inputs to each reader of files
	@$(BIN)/python bench/fuzz.py
	@$(BIN)/python bench/fuzz_parsers.py

bench: $(DEV) ## measure quality and speed on the data in DATA (default ../shared/data); takes an hour
	@$(BIN)/python bench/all.py $${DATA:-../shared/data}

screenshots: $(DEV) chromium ## take pictures of every page into build/pictures, from a demo of its own; OF=docs: those of docs/images
	@if [ "$(OF)" = docs ]; then $(BIN)/python bench/screenshots.py && $(BIN)/python bench/extension_screenshots.py; \
	else $(BIN)/python bench/page_pictures.py --only "$(ONLY)"; fi

# The image is made of serving and setup, which have hashes; torch's index, which the others need, gives none. uv adds them,
# for it takes those that an index tells, where pip-tools fetches each file.
lock: ## write requirements/ anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv $$tools && \
	$$tools/bin/python -m pip install --quiet --disable-pip-version-check pip-tools uv && \
	write() { file=requirements/$$1.lock; shift; CUSTOM_COMPILE_COMMAND="make lock" $$tools/bin/pip-compile --quiet \
	  --pip-args "--extra-index-url $(TORCH_INDEX) --retries 0" --no-emit-options --strip-extras --allow-unsafe \
	  --annotation-style=line --output-file $$file "$$@" pyproject.toml && sed -i 's/-c [^ ]*, //' $$file; } && \
	hash() { mv requirements/$$1.lock $$tools/pins.in && $$tools/bin/uv pip compile --quiet --universal --no-deps \
	  --generate-hashes --no-annotate --python-version 3.11 --custom-compile-command "make lock" \
	  --output-file requirements/$$1.lock $$tools/pins.in; } && \
	write dev $(UPGRADE) --extra setup --extra models --extra fitting --extra dev && \
	write models $(UPGRADE) -c requirements/dev.lock --extra setup --extra models --extra fitting && \
	write setup $(UPGRADE) -c requirements/dev.lock --extra setup && hash setup && \
	write serving $(UPGRADE) -c requirements/dev.lock && hash serving

audit: $(SERVING) ## look for known vulnerabilities in what the locks pin; says so where it cannot ask
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv $$tools && \
	if $$tools/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 pip-audit==$(PIP_AUDIT) \
	  2>/dev/null; then $(BIN)/python requirements/audit.py $$tools/bin/pip-audit requirements/dev.lock; \
	else echo "Not audited: pip-audit $(PIP_AUDIT) could not be fetched."; fi

lint: node ## Mozilla's linter over the extension, TypeScript over the types of client-js; says so where npm cannot fetch them
	$(call debian,npm,npm,npm,the linters of the extension)
	@mkdir -p .venv/node && cp requirements/node/package*.json .venv/node && \
	if (cd .venv/node && npm ci --loglevel error --no-audit --no-fund --ignore-scripts >/dev/null); then \
	  .venv/node/node_modules/.bin/addons-linter plugins/browser && .venv/node/node_modules/.bin/tsc $(TSC); \
	else echo "Not linted: npm could not fetch what requirements/node/package-lock.json names."; fi

clean: ## remove the virtual environment and the demo's data
	rm -rf .venv data/demo

# The pages are tested in a real browser, the JavaScript client in Node, and strace watches that the service connects to nothing.
chromium:
	$(call debian,chromium chromium-browser google-chrome,chromium,Chromium,the tests of the pages)

node:
	$(call debian,node,nodejs,Node,the tests of the JavaScript client)

strace:
	$(call debian,strace,strace,strace,the test that nothing calls out)

# Each of these adds to the one before it what its file in requirements/ names.
$(SERVING): requirements/setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Refrain needs Python 3.11, and $(PYTHON) is " + sys.version.split()[0] + \
	  ": call make with PYTHON=/path/to/python3.11") if sys.version_info[:2] != (3, 11) else None'
	@echo "Setting up .venv with what serving needs, once." >&2
	@$(PYTHON) -m venv .venv
	$(call install,setup)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(MODELS): $(SERVING) requirements/models.lock
	@echo "Adding torch, sentence-transformers and scipy to .venv, once." >&2
	@$(PIP) install --quiet --no-deps --no-compile --no-index $(TORCH) 2>/dev/null || \
	  $(PIP) install --no-deps --no-compile --retries 1 --timeout 20 --index-url $(TORCH_INDEX) $(TORCH) >&2 || \
	  $(PIP) install --no-deps --no-compile $(TORCH) >&2 || { \
	  echo "No $(TORCH) was found: neither in the folders of PIP_FIND_LINKS, nor at TORCH_INDEX=$(TORCH_INDEX)," \
	    "nor where pip looks anyway. Set one of the first two to where it is, and repeat." >&2; exit 1; }
	$(call install,models)
	@touch $@

$(DEV): $(MODELS) requirements/dev.lock
	@echo "Adding the tools of the tests to .venv, once." >&2
	$(call install,dev)
	@touch $@

# The build of torch that the lock names: one with +cpu, which PyPI does not have, so that its other build is never taken.
TORCH = $(shell grep -o '^torch==[^ ]*' requirements/models.lock)

# The declarations themselves are read as well, with nothing of Node around: they are for browsers too.
TSC := --noEmit --strict --target es2022 --module nodenext --lib es2023,dom client-js/*.d.ts tests/client/js/types.mts

# Installs a Debian package where none of some commands is there: commands, package, its name, what needs it.
define debian
@for one in $(1); do command -v $$one >/dev/null && exit 0; done; \
  as=; [ $$(id -u) = 0 ] || as=$$(command -v sudo || true); \
  if command -v apt-get >/dev/null && { [ $$(id -u) = 0 ] || [ -n "$$as" ]; }; then \
    echo "Installing $(3), once, for $(4)." >&2; \
    $$as apt-get -qq update && $$as env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq install --no-install-recommends --yes $(2) >/dev/null; \
  else echo "Missing for $(4): $(3). Install it, so that '$(2)' is a command." >&2; exit 1; fi
endef

# Installs a lock, which names everything that is needed, with a count; modules are compiled when first imported.
define install
@$(PIP) install --no-deps --no-compile -r requirements/$(1).lock | awk -v all=$$(grep -c == requirements/$(1).lock) '\
  /^(Collecting|Requirement already)/ {n++; printf("\r  %d of %d packages fetched", n < all ? n : all, all)} \
  /^Installing/ {printf("\r  installing them ...            ")} {fflush()} END {print ""}' >&2
endef

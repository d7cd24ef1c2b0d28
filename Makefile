# `make demo` and `make test` need Python >= 3.11 and make; the rest installs itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONTRIB := $(wildcard plugins_contrib/*)
EDITABLE := $(foreach path,. $(CONTRIB),-e $(path))
DEMO_ARGS ?=
PYTEST_ARGS ?=
# One process a core; PYTEST_WORKERS=0 runs the tests in one, for a debugger.
PYTEST_WORKERS ?= auto
SCHEMA := tests/api/schema.graphql

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser check format schema docs lock assets clean

help: ## Show this help.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/.demo ## Show the sample plans on a map (DEMO_ARGS="--port 9000").
	$(BIN)/clusterplan demo $(DEMO_ARGS)

test: $(VENV)/.test ## Run all tests but those of the browser.
	$(BIN)/python -m pytest -m "not browser" -n $(PYTEST_WORKERS) --dist worksteal --cov --cov-report= tests $(CONTRIB) $(PYTEST_ARGS)
	$(BIN)/python -m coverage report --include='src/clusterplan/core/*' --format=total --fail-under=95
	$(BIN)/python -m coverage report --format=total

test-browser: $(VENV)/.dev $(VENV)/.chromium ## Run the tests of the pages in Chromium.
	$(BIN)/python -m pytest -m browser tests/browser $(PYTEST_ARGS)

check: $(VENV)/.dev ## Formatter, linter, types, import contracts, committed schema and pages.
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/clusterplan schema graphql --builtin | diff $(SCHEMA) - \
	  || { echo "the GraphQL schema changed: look at it, then 'make schema'"; exit 1; }
	$(BIN)/python docs/generate.py --check

format: $(VENV)/.dev ## Format the code and fix what the linter can.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: $(VENV)/.dev ## Renew the committed GraphQL schema.
	$(BIN)/clusterplan schema graphql --builtin > $(SCHEMA)

assets: $(VENV)/.demo ## Fetch the files of GraphiQL.
	$(BIN)/python -m clusterplan.api.graphiql_assets

docs: $(VENV)/.dev ## Renew the generated pages of docs/.
	$(BIN)/python docs/generate.py

lock: $(VENV)/.dev ## Renew the hash-pinned requirement files.
	$(BIN)/python -m pip install --quiet uv
	for set in demo test dev; do \
	  extras=$$(sed -n "s/^$$set: *//p" requirements/extras.txt); \
	  $(BIN)/uv pip compile pyproject.toml $$extras --upgrade --universal \
	    --generate-hashes --no-header --no-annotate --quiet \
	    --output-file requirements/$$set.txt; \
	done

clean: ## Remove the environment and what was built.
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .coverage .coverage.*

$(VENV)/.pip:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python >= 3.11 is needed')"
	$(PYTHON) -m venv $(VENV)
	touch $@

# The sets contain each other, so that a larger one serves the smaller as well.
define install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(EDITABLE)
	touch $(2)
endef

$(VENV)/.demo: $(VENV)/.pip requirements/demo.txt pyproject.toml $(wildcard plugins_contrib/*/pyproject.toml)
	$(call install,demo,$@)

$(VENV)/.test: $(VENV)/.pip requirements/test.txt pyproject.toml $(wildcard plugins_contrib/*/pyproject.toml)
	$(call install,test,$@ $(VENV)/.demo)

$(VENV)/.dev: $(VENV)/.pip requirements/dev.txt pyproject.toml $(wildcard plugins_contrib/*/pyproject.toml)
	$(call install,dev,$@ $(VENV)/.test $(VENV)/.demo)

$(VENV)/.chromium: $(VENV)/.pip
	command -v chromium >/dev/null && fc-list :lang=ja 2>/dev/null | grep -q . \
	  || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; }
	touch $@

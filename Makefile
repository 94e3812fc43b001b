# Vekha. `make help` lists what there is; everything sets up its own environment in .venv first.
SHELL := bash
.ONESHELL:
export FILE OUT PORT
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

BIN := .venv/bin
UV := $(or $(shell command -v uv),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/vekha/uv/bin/uv)
LOCK := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra portal

# Whoever has the developers' environment runs with it; everybody else needs only what `vekha` itself needs.
READY := $(if $(wildcard $(BIN)/../.dev),.venv/.dev,.venv/.run)

.PHONY: help run plan test check lint types layers tests-portal tests-browser tests-engines bench docs frontend lock clean

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run: $(READY) ## start the portal with its database on this machine: make run [PORT=8000]; Ctrl-C stops it
	@exec $(BIN)/vekha up $${PORT:+--port "$$PORT"}

plan: $(READY) ## plan an order: make plan FILE=order.docx [YEAR=2027] [OUT=folder]; without FILE, every order in samples/
	@files=()
	if [ -n "$${FILE:-}" ]; then files=("$$FILE"); else
	  mapfile -d '' files < <(find samples -maxdepth 1 -type f ! -name '*.md' ! -name '*.json' ! -name '.*' -print0 | sort -z)
	fi
	if [ "$${#files[@]}" -eq 0 ]; then echo "Nothing to read: make plan FILE=order.docx" >&2; exit 2; fi
	$(BIN)/vekha plan "$${files[@]}" $${OUT:+--out "$$OUT"} $(foreach year,$(YEAR),--subsidy-year $(year)) || [ $$? -eq 1 ]

test: lint types layers tests-portal tests-browser tests-engines ## everything: style, types, layers, all tests

check: lint types layers tests-portal tests-engines ## what CI runs, without a browser

lint: .venv/.dev
	@$(BIN)/ruff check .

types: .venv/.dev
	@$(BIN)/mypy
	$(BIN)/mypy --config-file .ci/portal-types.toml

layers: .venv/.dev
	@$(BIN)/lint-imports

# Three processes: the portal's tests share a database, a browser keeps an event loop running, the engines know neither.
tests-portal: .venv/.dev
	@$(BIN)/pytest tests/portal

tests-browser: .venv/.dev
	@$(BIN)/pytest tests/browser

tests-engines: .venv/.dev
	@$(BIN)/pytest --ignore=tests/portal --ignore=tests/browser

bench: .venv/.dev ## measure the engines against floors and peers; writes bench/RESULTS.md
	@$(BIN)/python -m bench --date "$$(date +%F)"

docs: .venv/.dev ## write the generated pages of docs/ again
	@$(BIN)/python -m tests.spec.deadlines.generate
	$(BIN)/python -m vekha.orders.schema > docs/schema/order-1.json
	$(BIN)/python -m vekha.checks.manual > docs/rules.md
	$(BIN)/python -m vekha_portal.oversight.manual > docs/portal/wave-rules.md

frontend: ## build the browser files again from frontend/ (needs Node 20; their result is committed, users need none)
	@cd frontend
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	node build.mjs

lock: ## resolve the dependencies again; UPGRADE=1 takes newer versions
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group test --group portal-test --group quality --group bench --group build -o requirements-dev.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group build --constraint requirements-dev.lock -o requirements.lock

clean: ## remove the environment, caches and output
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache out dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.lock pyproject.toml .ci/environment
	@.ci/environment run

.venv/.dev: requirements-dev.lock pyproject.toml .ci/environment
	@.ci/environment dev

# Two commands set everything up: `make demo` and `make test`. Nothing but Python 3.11+ (with venv), git and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation

.PHONY: demo desk test test-all check audit sbom bench bench-redaction lock clean

demo: $(VENV)/.product ## one request on Voorbeeldstad, from registration to sealed package
	@$(BIN)/inzage demo

desk: $(VENV)/.product ## the privacy desk on Voorbeeldstad, with Prefect and the source systems; prints addresses and logins
	@$(BIN)/python -m desk.town

test: $(VENV)/.develop ## the whole suite but the slow part
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

test-all: $(VENV)/.develop ## everything
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.develop ## lint, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/hadolint Dockerfile

audit: $(VENV)/.develop ## asks for known weaknesses of every package that is shipped; says so where nobody could be asked
	@$(BIN)/python .ci/audit.py requirements/scale.txt

sbom: $(VENV)/.develop ## a software bill of materials (CycloneDX) of what is shipped, the same for the same locks: dist/inzage.cdx.json
	@mkdir -p dist
	@$(BIN)/cyclonedx-py requirements requirements/scale.txt --pyproject pyproject.toml --output-reproducible --of JSON -o dist/inzage.cdx.json
	@echo "dist/inzage.cdx.json"

bench: $(VENV)/.develop ## measures; never asserts
	@$(BIN)/python -m benchmarks

bench-redaction: $(VENV)/.develop ## redaction beside deduce and Presidio, which get an environment of their own
	@$(BIN)/python -m benchmarks.redaction --peers

LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet

lock: ## writes the lock files anew; needs `uv`
	$(LOCK) requirements/product.in -o requirements/product.txt
	$(LOCK) -c requirements/product.txt requirements/scale.in -o requirements/scale.txt
	$(LOCK) -c requirements/scale.txt requirements/develop.in -o requirements/develop.txt

$(VENV)/.product: requirements/product.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV): this happens once, and takes about a minute."
	@$(PIP) --require-hashes -r requirements/product.txt
	@$(PIP) -e .
	@touch $@

$(VENV)/.develop: $(VENV)/.product requirements/develop.txt
	@$(PIP) --require-hashes -r requirements/develop.txt
	@touch $@

clean: ## removes what the commands above made
	rm -rf $(VENV) .inzage

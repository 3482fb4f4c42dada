# Two commands do all: `make demo` and `make test`. Each installs what it needs first.
.DELETE_ON_ERROR:
.PHONY: install web demo test coverage check truth chaos bench screenshots kafka lock

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c '$(NEW_ENOUGH)' 2>/dev/null && command -v $$python && break; done)
BIN := .venv/bin
WEB := services/metrics/web
NPM := $(CURDIR)/deploy/npm
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile -rfEs
KAFKA_LIB := deploy/kafka/lib

install: .venv/installed web  ## everything that running needs

demo: install  ## a simulated town on the embedded log; prints a one-time sign-in link
	$(BIN)/stepsix demo

test: check kafka-jars  ## all checks and all tests
	cd $(WEB) && $(NPM) test
	$(PYTEST)

coverage: kafka-jars install  ## the same tests, and the lines that none of them runs; some three times as long
	$(PYTEST) --cov --cov-report=term:skip-covered

check: install  ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd $(WEB) && $(NPM) run check

truth: install  ## simulated officers whose true minutes are known; writes the tables of docs/accuracy.md
	$(BIN)/python -m tests.truth

chaos: install kafka-jars  ## a hundred kills on three brokers; some twenty minutes, its table for docs/reliability.md
	$(BIN)/python -m tests.chaos

bench: install kafka-jars  ## throughput on a real Kafka, each as a share of the bare client
	$(BIN)/python -m tests.bench

screenshots: install  ## each page as the demo shows it, into docs/screenshots; needs Chromium
	$(BIN)/python -m tests.screenshots

kafka: install kafka-jars  ## a broker for developing, in the foreground
	$(BIN)/python -m deploy.kafka.broker --port 9092 --data var/kafka

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements.lock
	uv pip compile --group node --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements-node.lock

.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo 'stepsix needs Python 3.11 or newer; set PYTHON=.'; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps -e .
	touch $@

web: $(WEB)/dist/index.html

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json .venv/installed
	cd $(WEB) && $(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

$(WEB)/dist/index.html: $(WEB)/node_modules/.package-lock.json $(wildcard $(WEB)/*.json $(WEB)/*.ts) $(shell find $(WEB)/src $(WEB)/public $(WEB)/index.html -type f)
	cd $(WEB) && $(NPM) run --silent build
	touch $@

# The broker's jars, where the machine can fetch and run them; the tests say what else is missing.
.PHONY: kafka-jars
kafka-jars:
	@if [ -d $(KAFKA_LIB) ]; then :; \
	elif command -v mvn >/dev/null && command -v java >/dev/null; then \
	  mvn -q -B -f deploy/kafka/pom.xml dependency:copy-dependencies -DoutputDirectory=lib; \
	else echo 'Kafka tests will be skipped: install Java 17 and Maven.'; fi

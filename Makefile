# Foedus needs python3 (3.11 or newer) and make. `make demo` and `make test` set everything else up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check format lock scores bench faults fuzz diagrams scale readme reference clean

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Foedus needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12 demo" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## read the example reports, print the dossier, and offer to open the site
	$(BIN)/python examples/demo.py

# Each worker collects all tests: three keep two cores busy, and a compiled test is kept wherever that is switched off.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(READY)
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY)
	cd requirements && ../$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --strip-extras --extra dev -o dev.txt ../pyproject.toml
	cd requirements && ../$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --strip-extras -o run.txt ../pyproject.toml

scores: $(READY)
	$(BIN)/python scores/run.py
	$(BIN)/python scores/entry_into_force.py

bench: $(READY)  ## speed and memory; PEER=PYTHON names a Python that has spaCy
	$(BIN)/python benchmarks/reading.py $(if $(PEER),--peer $(PEER))
	$(BIN)/python benchmarks/status.py
	$(BIN)/python benchmarks/scanning.py

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .import_linter_cache

faults: $(READY)  ## long: kill -9 at 200 moments while adding, scanning, migrating
	$(BIN)/python tests/faults/kill.py --what add --moments 200
	$(BIN)/python tests/faults/kill.py --what scan --moments 200
	$(BIN)/python tests/faults/kill.py --what migrate --moments 200

fuzz: $(READY)  ## long: 10,000 mutated files and bombs, each read within limits or refused in one line
	$(BIN)/python tests/faults/mutate.py --files 10000

diagrams: $(READY)  ## draw the tables of the law of treaties into docs/status.md
	$(BIN)/python docs/diagrams.py

scale: $(READY)  ## measure the speed of scanning and write docs/scale.md from it
	$(BIN)/python benchmarks/scanning.py --json > docs/scale.json.new && mv docs/scale.json.new docs/scale.json
	$(BIN)/python docs/scale.py

readme: $(READY)  ## write the commands' real output into README.md
	$(BIN)/python docs/readme_output.py

reference: $(READY)  ## make the reference pages of docs/ from code and data, and the figures of docs/method.md
	$(BIN)/python docs/reference_pages.py

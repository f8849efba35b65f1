# recovery_kpi: customer-recovery KPIs in PostgreSQL
#
# make, make install, make installcheck: as with any extension (PGXS).
# make help: the tasks that bring their own scratch server.

EXTENSION = recovery_kpi
KPI_VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" recovery_kpi.control)

TASKS = help demo picture dashboard check check-data check-oracle check-citus check-timescale trust seeded bench lint reference tour grafana
PACKAGES = dist deb release
.PHONY: $(TASKS) $(PACKAGES)

ifneq ($(filter $(TASKS) $(PACKAGES),$(MAKECMDGOALS)),)

help:
	@cat test/help.txt

$(filter-out help,$(TASKS)):
	@KPI_VERSION='$(KPI_VERSION)' DATA='$(DATA)' ORACLE='$(ORACLE)' KEEP='$(KEEP)' ITEMS='$(ITEMS)' TESTS='$(TESTS)' test/run $@

$(PACKAGES):
	@OUT='$(OUT)' packaging/$@

else

MODULE_big = $(EXTENSION)
# make SCAN=no: without the custom scan, which nothing else needs
OBJS = $(patsubst %.c,%.o,$(filter-out $(if $(filter no,$(SCAN)),src/scan/%),$(sort $(wildcard src/*/*.c))))
# scripts that are made: the install script, and updates to it; frozen ones are DATA
UPDATES = $(notdir $(basename $(wildcard sql/upgrade/*.sql.in)))
DATA_built = $(EXTENSION)--$(KPI_VERSION).sql $(UPDATES)
DATA = $(wildcard sql/upgrade/*.sql)
PG_CPPFLAGS = -I$(srcdir)/src -DRECOVERY_KPI_VERSION='"$(KPI_VERSION)"'
# hidden unless PG_FUNCTION_INFO_V1 exports it, as PGXS of 16 and later does by itself
PG_CFLAGS = -fvisibility=hidden $(WARNINGS)
SHLIB_LINK = -lm

REGRESS = $(sort $(basename $(notdir $(wildcard sql/*.sql))))
TAP_TESTS = 1
PROVE_TESTS = test/t/*.pl

EXTRA_CLEAN = $(EXTENSION)--*.sql $(EXTENSION)--*.sql.new src/sentiment/*.inc .made_for.* tmp_check

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifeq ($(wildcard $(PGXS)),)
$(error No PostgreSQL server headers found by $(PG_CONFIG). Install them (Debian: postgresql-server-dev-15), set PG_CONFIG, or see make help)
endif
include $(PGXS)

# Objects are made anew for another PostgreSQL (PG_CONFIG=...), and with or without the scan: an
# empty file has what they were made for in its name.  Those of another major link, but do not load.
MADE_FOR := $(shell { $(PG_CONFIG) --version --includedir-server; echo '$(filter no,$(SCAN))'; } | cksum)
MADE_FOR := .made_for.$(firstword $(MADE_FOR))
# PGXS has .SECONDARY, by which a file that is missing is not yet a reason to make anything
.PHONY: made_for_another
$(MADE_FOR): $(if $(wildcard $(MADE_FOR)),,made_for_another)
	@rm -f .made_for.* && touch $@

$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*/*.h) recovery_kpi.control $(MADE_FOR)

# Short loops over columns, which gain from unrolling and vectors.
FAST := $(if $(filter -O2,$(CFLAGS)),-O3)
$(patsubst %.c,%.o,$(wildcard src/scan/scan_batch*.c)): CFLAGS += $(FAST)

# Tables of C from plain lists: term and valence, code point and name.
src/sentiment/%.inc: src/sentiment/%.txt src/sentiment/sentiment_table.awk
	LC_ALL=C awk -f src/sentiment/sentiment_table.awk $< > $@.new && mv $@.new $@

src/sentiment/sentiment_builtin.o src/sentiment/sentiment_builtin.bc: \
	src/sentiment/sentiment_lexicon.inc src/sentiment/sentiment_emoji.inc
src/sentiment/sentiment_english.o src/sentiment/sentiment_english.bc: src/sentiment/sentiment_english.inc

# Files of sql/install in the order of their numbers, types first; expand.awk tells how they
# are joined.  An update is its own statements, then what is new since, and every COMMENT.
SQL_FILES = $(sort $(wildcard sql/install/*.sql))
EXPAND = LC_ALL=C awk -f sql/install/expand.awk

$(EXTENSION)--$(KPI_VERSION).sql: $(wildcard sql/install/*) recovery_kpi.control
	{ printf '%s\n' '\echo Use "CREATE EXTENSION $(EXTENSION)" to load this file. \quit'; \
	  $(EXPAND) $(SQL_FILES); } > $@.new && mv $@.new $@

$(UPDATES): %: sql/upgrade/%.in $(wildcard sql/install/*)
	{ cat $< && $(EXPAND) -v old=$(word 2,$(subst --, ,$@)) $(SQL_FILES); } > $@.new && mv $@.new $@

endif

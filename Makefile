# paneldex: one makefile for everything.  `make help` lists what it can do.
#
#   PROFILE=release|debug|san|cov   san: ASan and UBSan; cov: gcov
#   WERROR=1                        warnings are errors
#   CC=clang                        another compiler
#   SQLITE_DIR=DIR                  DIR/sqlite3.c instead of the system's SQLite
#   PREFIX=/usr/local DESTDIR=      where `make install` puts things
#   LIB=lib                         the libraries' folder below PREFIX

PROFILE ?= release
PREFIX ?= /usr/local
LIB ?= lib
CFLAGS ?=
LDFLAGS ?=
PKG_CONFIG ?= pkg-config

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

BUILD := build/$(PROFILE)
VERSION := $(shell sed -n 's/^.define PDX_VERSION "\(.*\)"/\1/p' include/paneldex.h)
SONAME := libpaneldex.so.$(firstword $(subst ., ,$(VERSION)))

# ---- flags -------------------------------------------------------------------

PROFILE_release := -O2 -g
PROFILE_debug := -O0 -g3
PROFILE_san := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
PROFILE_cov := -O0 -g --coverage
PROFILE_FLAGS := $(PROFILE_$(PROFILE))
ifeq ($(PROFILE_FLAGS),)
$(error PROFILE=$(PROFILE) is not one of release, debug, san, cov)
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings -Wcast-qual \
	-Wundef -Wformat=2
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif

# The library's own needs, and what only the program and the tests add.
LIB_PKGS := $(if $(SQLITE_DIR),,sqlite3) jansson expat libzstd libutf8proc \
	libarchive
APP_PKGS := inih
TEST_PKGS := cmocka gumbo

needs_libraries := $(filter-out clean dist help uninstall,$(or $(MAKECMDGOALS),all))
ifneq ($(needs_libraries),)
needed := $(LIB_PKGS) $(APP_PKGS) \
	$(if $(filter check tests valgrind,$(MAKECMDGOALS)),$(TEST_PKGS))
missing := $(shell for p in $(needed); do $(PKG_CONFIG) --exists $$p || echo $$p; done)
ifneq ($(missing),)
$(error missing libraries: $(missing); scripts/install-deps installs them)
endif
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIB_PKGS) $(APP_PKGS))
LIB_LIBS := $(shell $(PKG_CONFIG) --libs $(LIB_PKGS)) -lstemmer -lm -lpthread
APP_LIBS := $(shell $(PKG_CONFIG) --libs $(APP_PKGS))
TEST_LIBS := $(shell $(PKG_CONFIG) --libs $(TEST_PKGS) 2>/dev/null)
# As a shared library libarchive loads what every format there is needs: half of what
# the program does before main().  Linked in, it is what container_archive.c asks for.
ARCHIVE_A := $(shell $(CC) -print-file-name=libarchive.a) -lz -lbz2 -llzma -lnettle
ARCHIVE_ASKED := $(foreach part,filter_gzip filter_bzip2 filter_xz filter_zstd \
	format_zip_streamable format_tar format_cpio,archive_read_support_$(part))
ARCHIVE_LINKS := $(shell echo 'int main(void) { return 0; }' | $(CC) -x c - -x none \
	-o /dev/null $(ARCHIVE_ASKED:%=-Wl,-u,%) $(ARCHIVE_A) $(LIB_LIBS) 2>/dev/null \
	&& echo yes)
PROGRAM_LIBS := $(if $(ARCHIVE_LINKS),$(LIB_LIBS:-larchive=$(ARCHIVE_A)),$(LIB_LIBS)) \
	$(APP_LIBS)
endif

STD := -std=c11 -D_POSIX_C_SOURCE=200809L
INCLUDES := -Iinclude -Isrc $(if $(SQLITE_DIR),-isystem $(SQLITE_DIR)) $(PKG_CFLAGS)
# One set of objects for the program and both libraries: with hidden visibility
# position-independent code costs next to nothing.
COMPILE := $(CC) $(STD) $(WARNINGS) $(PROFILE_FLAGS) -fPIC -fvisibility=hidden \
	$(INCLUDES) $(CPPFLAGS) $(CFLAGS)
LINK := $(CC) $(PROFILE_FLAGS) $(CFLAGS) $(LDFLAGS)

# ---- what is built of what ---------------------------------------------------

SOURCES := $(sort $(wildcard src/*/*.c src/*/*/*.c))
APP_SOURCES := $(filter src/cli/% src/render/%,$(SOURCES))
EXTENSION_ONLY := src/engine/sqlite/extension.c
LIB_SOURCES := $(filter-out $(APP_SOURCES) $(EXTENSION_ONLY),$(SOURCES))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) \
	$(if $(SQLITE_DIR),$(BUILD)/sqlite3.o)
APP_OBJECTS := $(APP_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/schemas.o
SCHEMAS := $(sort $(wildcard src/render/schema/*.json))

# What calls SQLite is compiled once more for the loadable extension, where these calls
# go to the program that loads it; the rest comes from the library.
EXTENSION_SOURCES := $(EXTENSION_ONLY) $(addprefix src/engine/sqlite/,\
	codebook.c db.c docvals_read.c fts5.c names.c schema.c sql_rank.c sql_values.c \
	tokens.c)
EXTENSION_OBJECTS := $(EXTENSION_SOURCES:%.c=$(BUILD)/extension/%.o)

TEST_SOURCES := $(sort $(wildcard tests/*.c))
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(BUILD)/%.o)
TEST_MAINS := $(filter $(BUILD)/tests/test_%.o,$(TEST_OBJECTS))
TEST_COMMON := $(filter-out $(TEST_MAINS),$(TEST_OBJECTS))
TESTS := $(TEST_MAINS:.o=)
# Valgrind would look at the wrong process where a test starts programs all the time.
PROGRAM_TESTS := $(shell grep -lE 'program\.h|run_program' tests/test_*.c)
UNIT_TESTS := $(filter-out $(PROGRAM_TESTS:%.c=$(BUILD)/%),$(TESTS))

PROGRAM := $(BUILD)/paneldex
LIBRARIES := $(BUILD)/libpaneldex.a $(BUILD)/libpaneldex.so $(BUILD)/paneldex.so

.PHONY: all bench bench-programs check valgrind structure tests install uninstall dist clean help FORCE

all: $(PROGRAM) $(LIBRARIES) $(BUILD)/paneldex.1 ## build the program and the libraries (default)

# Objects are made again when the compiler or its flags change.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LDFLAGS)' | cmp -s - $@ || echo '$(COMPILE) $(LDFLAGS)' >$@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

# The schemas as C: for each file its bytes, since a string literal has a limit.
$(BUILD)/schemas.c: $(SCHEMAS) FORCE
	@mkdir -p $(@D)
	@{ \
		echo '#include "render/schema.h"'; \
		for f in $(SCHEMAS); do \
			name=$${f##*/}; \
			echo "static const unsigned char f_$${name%.json}[] = {"; \
			od -An -v -tu1 "$$f" | sed 's/\([0-9]\) *$$/\1,/; s/\([0-9]\) /\1,/g'; \
			echo "0 };"; \
		done; \
		echo 'const struct schema_file schema_files[] = {'; \
		for f in $(SCHEMAS); do \
			name=$${f##*/}; \
			name=$${name%.json}; \
			echo "{ \"$$name\", (const char *)f_$$name },"; \
		done; \
		echo '{ NULL, NULL } };'; \
	} >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(BUILD)/schemas.o: $(BUILD)/schemas.c $(BUILD)/flags src/render/schema.h
	$(COMPILE) -c -o $@ $<

# Not our code: no warnings, and no sanitizers, which it trips over on purpose.
$(BUILD)/sqlite3.o: $(SQLITE_DIR)/sqlite3.c $(BUILD)/flags
	$(CC) -O2 -g -w -fPIC -fvisibility=hidden -DSQLITE_ENABLE_FTS5 \
		-DSQLITE_THREADSAFE=1 -c -o $@ $<

$(PROGRAM): $(APP_OBJECTS) $(LIB_OBJECTS)
	$(LINK) -o $@ $^ $(PROGRAM_LIBS)

$(BUILD)/paneldex.1: src/cli/paneldex.1 $(PROGRAM)
	$(PROGRAM) --manual <$< >$@

$(BUILD)/libpaneldex.a: $(LIB_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/libpaneldex.so: $(LIB_OBJECTS)
	$(LINK) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIB_LIBS)

$(BUILD)/extension/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -include src/engine/sqlite/extension.h -MMD -MP -c -o $@ $<

# -z defs: a call of SQLite that does not go through the loading program is an error.
$(BUILD)/paneldex.so: $(EXTENSION_OBJECTS) $(BUILD)/libpaneldex.a
	$(LINK) -shared -Wl,-z,defs -Wl,--exclude-libs,ALL -o $@ $^ \
		$(filter-out -lsqlite3,$(LIB_LIBS))

# What tests may call: everything but main(), taken from an archive as needed.
$(BUILD)/tests/all.a: $(LIB_OBJECTS) $(filter-out %/cli/main.o,$(APP_OBJECTS))
	rm -f $@
	$(AR) rcs $@ $^

$(TESTS): %: %.o $(TEST_COMMON) $(BUILD)/tests/all.a
	$(LINK) -o $@ $^ $(LIB_LIBS) $(APP_LIBS) $(TEST_LIBS)

-include $(EXTENSION_SOURCES:%.c=$(BUILD)/extension/%.d)
-include $(SOURCES:%.c=$(BUILD)/%.d) $(TEST_SOURCES:%.c=$(BUILD)/%.d)

# ---- measuring ---------------------------------------------------------------

# scripts/bench runs these; what a peer needs that is not here is not built.
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
BENCH_OBJECT = $(addprefix $(BUILD)/tests/bench/,$(addsuffix .o,$(1)))
BENCH := $(BUILD)/bench
LUCENE := $(foreach jar,core analyzers-common,\
	$(lastword $(sort $(wildcard /usr/share/java/lucene-$(jar)-[0-9]*.jar))))
BENCH_TESTED := $(addprefix $(BENCH)/,generate measure report peer-paneldex peer-fts5)
BENCH_PROGRAMS := $(BENCH_TESTED) $(addprefix $(BENCH)/,\
	$(if $(shell $(PKG_CONFIG) --exists xapian-core && echo 1),peer-xapian) \
	$(if $(and $(shell command -v javac),$(LUCENE)),Lucene.class))

$(BENCH)/generate: $(call BENCH_OBJECT,generate vocabulary)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^

$(BENCH)/measure: $(call BENCH_OBJECT,measure)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^

$(BENCH)/report: $(call BENCH_OBJECT,report report_json report_svg report_text)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ -lm

$(BENCH)/peer-paneldex: $(call BENCH_OBJECT,peer_paneldex peer vocabulary) \
		$(BUILD)/libpaneldex.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIB_LIBS)

$(BENCH)/peer-fts5: $(call BENCH_OBJECT,peer_fts5 peer vocabulary)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIB_LIBS)

$(BENCH)/peer-xapian: tests/bench/peer_xapian.cc $(call BENCH_OBJECT,peer vocabulary)
	@mkdir -p $(@D)
	$(CXX) -O2 -Wall -D_GNU_SOURCE -o $@ $^ -lxapian -ljansson

$(BENCH)/Lucene.class: tests/bench/Lucene.java
	@mkdir -p $(@D)
	javac -cp '$(subst $() ,:,$(strip $(LUCENE)))' -d $(@D) $<

# Parts of the library by themselves: what calls nothing else, over and over.
$(BENCH)/micro: $(call BENCH_OBJECT,micro vocabulary) $(BUILD)/libpaneldex.a
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIB_LIBS)

bench-programs: $(PROGRAM) $(BENCH_PROGRAMS)

bench: $(BENCH)/micro ## time the hot functions (scripts/bench measures the whole)
	@$(BENCH)/micro

-include $(BENCH_SOURCES:%.c=$(BUILD)/%.d)

# ---- checking ----------------------------------------------------------------

RUN_TESTS := PANELDEX_ROOT='$(CURDIR)' PANELDEX_BIN='$(CURDIR)/$(PROGRAM)' \
	CC='$(CC)' scripts/run-tests

# Tests that repeat a thing thousands of times do so less often where that is set.
VALGRIND := env PANELDEX_SLOW=1 valgrind -q --leak-check=full --error-exitcode=99 \
	--suppressions=$(CURDIR)/tests/valgrind.supp

tests: $(TESTS) $(BENCH_TESTED) ## build the tests

check: all tests ## build and run all tests, the structure's among them
	@$(RUN_TESTS) $(TESTS)

valgrind: all $(UNIT_TESTS) ## run the unit tests under valgrind
	@$(RUN_TESTS) --jobs "$$(getconf _NPROCESSORS_ONLN)" --wrap '$(VALGRIND)' $(UNIT_TESTS)

structure: all ## check headers, module boundaries and exported symbols
	@CC='$(CC)' scripts/check-structure . $(BUILD)/libpaneldex.so

# ---- installing --------------------------------------------------------------

BINDIR := $(DESTDIR)$(PREFIX)/bin
LIBDIR := $(DESTDIR)$(PREFIX)/$(LIB)
INCLUDEDIR := $(DESTDIR)$(PREFIX)/include
BASHDIR := $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSHDIR := $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISHDIR := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
MANDIR := $(DESTDIR)$(PREFIX)/share/man/man1

$(BUILD)/paneldex.pc: src/paneldex.pc.in include/paneldex.h $(BUILD)/flags FORCE
	@sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIB@|$(LIB)|' -e 's|@VERSION@|$(VERSION)|' \
		-e 's|@PACKAGES@|$(strip $(LIB_PKGS))|' $< >$@

install: all $(BUILD)/paneldex.pc ## install below DESTDIR and PREFIX (/usr/local)
	install -d $(BINDIR) $(LIBDIR)/pkgconfig $(INCLUDEDIR)
	install -m 755 $(PROGRAM) $(BINDIR)/paneldex
	install -m 644 $(BUILD)/libpaneldex.a $(LIBDIR)/libpaneldex.a
	install -m 755 $(BUILD)/libpaneldex.so $(LIBDIR)/libpaneldex.so.$(VERSION)
	ln -sf libpaneldex.so.$(VERSION) $(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(LIBDIR)/libpaneldex.so
	install -d $(LIBDIR)/sqlite3
	install -m 755 $(BUILD)/paneldex.so $(LIBDIR)/sqlite3/paneldex.so
	install -m 644 include/paneldex.h $(INCLUDEDIR)/paneldex.h
	install -m 644 $(BUILD)/paneldex.pc $(LIBDIR)/pkgconfig/paneldex.pc
	install -d $(BASHDIR) $(ZSHDIR) $(FISHDIR)
	$(PROGRAM) completion bash >$(BASHDIR)/paneldex
	$(PROGRAM) completion zsh >$(ZSHDIR)/_paneldex
	$(PROGRAM) completion fish >$(FISHDIR)/paneldex.fish
	install -d $(MANDIR)
	install -m 644 $(BUILD)/paneldex.1 $(MANDIR)/paneldex.1

uninstall: ## remove what install put there
	rm -f $(BINDIR)/paneldex $(LIBDIR)/libpaneldex.a $(LIBDIR)/libpaneldex.so \
		$(LIBDIR)/$(SONAME) $(LIBDIR)/libpaneldex.so.$(VERSION) \
		$(LIBDIR)/sqlite3/paneldex.so $(BASHDIR)/paneldex \
		$(ZSHDIR)/_paneldex $(FISHDIR)/paneldex.fish \
		$(INCLUDEDIR)/paneldex.h $(LIBDIR)/pkgconfig/paneldex.pc \
		$(MANDIR)/paneldex.1

dist: ## pack what git has into build/paneldex-VERSION.tar.gz
	@mkdir -p build
	git archive --format=tar --prefix=paneldex-$(VERSION)/ HEAD | \
		gzip -9n >build/paneldex-$(VERSION).tar.gz

clean: ## remove everything that was built
	rm -rf build

help: ## list the targets
	@sed -n '/^# paneldex/,/^$$/s/^# \{0,1\}//p' Makefile
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | \
		awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

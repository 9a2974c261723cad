# verbond - an engine for instruments about the working alliance.
#
#   make run     sets up, builds, starts the web runner with a case to try
#   make run-terminal   the same with one round of menger-monitor on this terminal
#   make test    sets up, builds with sanitizers, runs every test
#   make check   the quick ring, under ten seconds once built
#
# SAN=1 builds with AddressSanitizer and UBSan into build-san; CC=clang works too.

# What output plugins are built with, and the receiver of verbond output check.
PLUGIN_DEBS := libreadstat-dev libcurl4-openssl-dev libnats-dev libmicrohttpd-dev
# What the web runner is built with, and the voice that reads aloud.
SERVE_DEBS  := libmicrohttpd-dev libqrencode-dev espeak-ng
DEBS     := gcc clang make pkg-config liblua5.4-dev libuv1-dev libcjson-dev libsqlite3-dev \
            libsodium-dev libutf8proc-dev libgettextpo-dev libcmocka-dev libcsv-dev lua-check python3 python3-jsonschema \
            sqlite3 $(PLUGIN_DEBS) $(SERVE_DEBS)
# What only the tests of pages, of outputs and of the web runner want; a nodejs from elsewhere brings its own npm.
WEB_DEBS := chromium systemd fonts-liberation nodejs $(if $(shell command -v npm),,npm)
OUTPUT_DEBS := curl pspp r-base-core r-cran-foreign nginx-light nats-server openssl poppler-utils prometheus zbar-tools
LIBS     := lua5.4 libuv libcjson sqlite3 libsodium libutf8proc

B        ?= build$(if $(SAN),-san)
JOBS     ?= $(shell nproc)
PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
VERSION  := 0.1.0
WARN     := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wwrite-strings -Wundef -Wvla
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-truncation -fno-omit-frame-pointer
CFLAGS   ?= -O2 -g
# What the engine and the plugins are compiled with alike.
BOTHFLAGS = -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(if $(SAN),-O1 $(SANFLAGS)) -fPIC -fvisibility=hidden
ALLFLAGS  = $(BOTHFLAGS) -Icore -DVERBOND_VERSION='"$(VERSION)"' -DVERBOND_PREFIX='"$(PREFIX)"' \
            $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
# What libverbond needs, and what the commands need beside that.
LIBRARY_LIBS = $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lm -lpthread
LDLIBS    = $(LIBRARY_LIBS) -lgettextpo -lcsv

ROOMS    := base data loop kinds store sheet lint script session outbox term author conform engine serve
SOURCES  := $(foreach room,$(ROOMS),$(wildcard core/$(room)/*.c))
OBJECTS  := $(SOURCES:%.c=$(B)/%.o)
# The pages of the web runner: whatever lies under core/web.
WEB      := $(sort $(shell find core/web -type f))
EMBEDDED := $(WEB) $(wildcard core/script/prelude/*.lua core/store/schema/*.sql core/sheet/*.css core/author/*.css \
              core/conform/samples/* \
              $(foreach end,lua json md c mk py,core/author/templates/*/*.$(end)))
MAIN     := $(wildcard core/main/*.c)
# The web runner's own, and of the others what is no command.
SERVING  := $(wildcard core/main/serve/*.c) $(filter-out core/main/verbond.c core/main/cmd_%,$(MAIN))
# What libverbond holds: all but the rooms that only the commands use.
LIBRARY  := $(filter-out $(foreach room,term author conform serve web,core/$(room)/%), \
              $(SOURCES:%.c=%.o) $(EMBEDDED:%=%.o))
SONAME   := libverbond.so.$(firstword $(subst ., ,$(VERSION)))
HELPERS  := $(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c))
TESTS    := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
BENCHES  := $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
CLI      := $(sort $(wildcard tests/crash/*.sh)) $(sort $(wildcard tests/cli/*.sh)) \
            $(sort $(wildcard tests/output/*.sh)) $(sort $(wildcard tests/web/*.sh)) $(sort $(wildcard tests/serve/*.sh))
PRELOADS := $(patsubst tests/crash/preload_%.c,$(B)/crash/%.so,$(wildcard tests/crash/preload_*.c))
CRASHERS := $(patsubst tests/crash/crash_%.c,$(B)/crash/%,$(wildcard tests/crash/crash_*.c))
WITNESSED := vb_store_commit vb_store_submit vb_workplace_open vb_workplace_open_kept
CRASHING := $(filter-out tests/crash/crash_% tests/crash/preload%,$(wildcard tests/crash/*.c))

PLUGINS  := $(patsubst plugins/%/,$(B)/plugins/%.so,$(filter-out plugins/shared/,$(sort $(dir $(wildcard plugins/*/*.c)))))
OUTPUTS  := $(patsubst tests/output/%.c,$(B)/tests/output/%.so,$(wildcard tests/output/*.c))

all: $(B)/verbond $(B)/verbond-serve $(B)/verbond-receiver $(PLUGINS) library

# -- build ----------------------------------------------------------------------------------------

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALLFLAGS) -MMD -MP -c -o $@ $<

# What holds PREFIX is made again when it is another one than last time.

$(B)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@
$(patsubst %.c,$(B)/%.o,$(shell grep -lr --include='*.c' VERBOND_PREFIX core)): $(B)/prefix

# Lua, SQL, CSS and templates are compiled in as they stand: _binary_core_..._start and _end.

$(EMBEDDED:%=$(B)/%.o): $(B)/%.o: %
	@mkdir -p $(@D)
	$(LD) -r -b binary -z noexecstack -o $@ $<

# The pages of verbond explain, one file a code, in one.

$(B)/findings.md: $(sort $(wildcard docs/reference/findings/*.md)) docs/reference/findings
	@mkdir -p $(@D)
	cat $(filter %.md,$^) >$@
$(B)/findings.md.o: $(B)/findings.md
	cd $(@D) && $(LD) -r -b binary -z noexecstack -o $(@F) $(<F)

# The table of the pages, made again when there is another list of them.

$(B)/web.c: core/serve/assets.sh FORCE
	@mkdir -p $(@D)
	@core/serve/assets.sh $(WEB) | cmp -s - $@ || core/serve/assets.sh $(WEB) >$@
$(B)/web.o: $(B)/web.c core/serve/assets_table.h
	$(CC) $(ALLFLAGS) -c -o $@ $<

$(B)/core.a: $(OBJECTS) $(EMBEDDED:%=$(B)/%.o) $(B)/findings.md.o $(B)/web.o
	rm -f $@
	$(AR) rcs $@ $^

$(B)/verbond: $(MAIN:%.c=$(B)/%.o) $(B)/core.a
	$(CC) $(ALLFLAGS) -o $@ $^ $(LDLIBS)

# The web runner: a program of its own too, that verbond serve becomes.
SERVE_LIBS := -Wl,--as-needed -lmicrohttpd -lqrencode
$(B)/verbond-serve: $(SERVING:%.c=$(B)/%.o) $(B)/core.a
	$(CC) $(ALLFLAGS) -o $@ $^ $(LDLIBS) $(SERVE_LIBS)

# The HTTP receiver of verbond output check: a program of its own, so that verbond is linked with no server.
RECEIVER := $(B)/core/conform/receiver/receiver.o
$(B)/verbond-receiver: $(RECEIVER) $(B)/core.a
	$(CC) $(ALLFLAGS) -o $@ $^ $(LDLIBS) -lmicrohttpd

# Each test is linked with those helpers that it calls.
$(B)/helpers.a: $(HELPERS:%.c=$(B)/%.o)
	rm -f $@
	$(AR) rcs $@ $^

$(B)/tests/%: $(B)/tests/unit/%.o $(B)/helpers.a $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(ALLFLAGS) -o $@ $^ $(LDLIBS) -lcmocka $(SERVE_LIBS)

$(B)/bench/%: $(B)/tests/bench/%.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(ALLFLAGS) -o $@ $^ $(LDLIBS) $(SERVE_LIBS)

# libverbond: one object in which all but what <verbond/engine.h> declares is local, so that neither
# library has another name in it.

library: $(B)/libverbond.a $(B)/libverbond.so.$(VERSION)

$(B)/libverbond.o: $(LIBRARY:%=$(B)/%) $(B)/findings.md.o
	$(LD) -r -o $@ $^
	objcopy --localize-hidden --wildcard --localize-symbol='_binary_*' $@

$(B)/libverbond.a: $(B)/libverbond.o
	rm -f $@
	$(AR) rcs $@ $^

$(B)/libverbond.so.$(VERSION): $(B)/libverbond.o
	$(CC) $(ALLFLAGS) -shared -Wl,-soname,$(SONAME) $(if $(SAN),,-Wl,-z,defs) -o $@ $^ $(LIBRARY_LIBS)

# Output plugins, each with all of plugins/shared in it, and those of the tests, which mostly do what they
# may not. They see verbond/output.h and no other header of ours, and take nothing from what loads them.

PLUGINFLAGS  = $(BOTHFLAGS) -Icore/include -shared
SHARED      := $(wildcard plugins/shared/*.[ch])
# The libraries that a plugin is about, by its folder's name; libcjson is everybody's.
LIBS_stats    := -lreadstat
LIBS_fhir      = $(shell pkg-config --libs libsodium)
LIBS_webhook   = $(shell pkg-config --libs libcurl libsodium)
LIBS_nats      = $(shell pkg-config --libs libnats)
define plugin_rule
$(B)/plugins/$(1).so: $(wildcard plugins/$(1)/*.[ch]) $(SHARED) core/include/verbond/output.h Makefile
	@mkdir -p $$(@D)
	$$(CC) $$(PLUGINFLAGS) -Iplugins/shared -o $$@ $$(filter %.c,$$^) $$(shell pkg-config --libs libcjson) $$(LIBS_$(1))
endef
$(foreach name,$(PLUGINS:$(B)/plugins/%.so=%),$(eval $(call plugin_rule,$(name))))

$(B)/tests/output/%.so: tests/output/%.c core/include/verbond/output.h Makefile
	@mkdir -p $(@D)
	$(CC) $(PLUGINFLAGS) -o $@ $<

$(B)/tests/test_delivery $(B)/tests/test_delivery_bad $(B)/tests/test_outbox_kills: | $(B)/verbond $(OUTPUTS)

# What is preloaded, and programs that are killed with it: the whole of verbond, its main under another
# name, with a witness to every commit (tests/crash/witness.h). Never with sanitizers.

$(B)/crash/%.so: tests/crash/preload_%.c tests/crash/preload.c $(wildcard tests/crash/*.h) Makefile
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -g -fPIC -shared -o $@ $< tests/crash/preload.c -ldl -lpthread

$(B)/crash/verbond.o: $(B)/core/main/verbond.o
	@mkdir -p $(@D)
	objcopy --redefine-sym main=verbond_main $< $@

$(B)/crash/%: $(B)/tests/crash/crash_%.o $(CRASHING:%.c=$(B)/%.o) $(B)/crash/verbond.o \
              $(filter-out %/verbond.o,$(MAIN:%.c=$(B)/%.o)) $(B)/core.a
	$(CC) $(ALLFLAGS) $(WITNESSED:%=-Wl,--wrap=%) -o $@ $^ $(LDLIBS)
$(B)/crash/hasty: WITNESSED += vb_outbox_create vb_outbox_finish vb_delivery_start

-include $(OBJECTS:.o=.d) $(RECEIVER:.o=.d) $(MAIN:%.c=$(B)/%.d) $(SERVING:%.c=$(B)/%.d) $(wildcard $(B)/tests/unit/*.d $(B)/tests/bench/*.d $(B)/tests/crash/*.d)

# -- use ------------------------------------------------------------------------------------------

deps:
	@tests/tools/deps.sh $(DEBS)

web-deps:
	@tests/tools/deps.sh $(WEB_DEBS)

output-deps:
	@tests/tools/deps.sh $(OUTPUT_DEBS)

run: deps
	@$(MAKE) -s -j$(JOBS) all
	@exec tests/tools/demo-web.sh $(B)

run-terminal: deps
	@$(MAKE) -s -j$(JOBS) all
	@tests/tools/demo.sh $(B)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/verbond \
	  $(DESTDIR)$(PREFIX)/lib/verbond/plugins $(DESTDIR)$(PREFIX)/include/verbond
	install -m 755 $(B)/verbond $(DESTDIR)$(PREFIX)/bin/verbond
	install -m 755 $(PLUGINS) $(DESTDIR)$(PREFIX)/lib/verbond/plugins
	install -m 755 $(B)/verbond-receiver $(B)/verbond-serve $(DESTDIR)$(PREFIX)/lib/verbond
	install -m 644 core/include/verbond/*.h $(DESTDIR)$(PREFIX)/include/verbond
	cp -R instruments $(DESTDIR)$(PREFIX)/share/verbond/
	install -d $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/share/doc/verbond
	for file in verbond.service tls.conf nginx.conf verbond-as-service; do \
	  sed 's|@PREFIX@|$(PREFIX)|' docs/how-to/install/$$file >$(DESTDIR)$(PREFIX)/share/doc/verbond/$$file || exit 1; done
	cp docs/how-to/install.md $(DESTDIR)$(PREFIX)/share/doc/verbond/
	mv $(DESTDIR)$(PREFIX)/share/doc/verbond/verbond.service $(DESTDIR)$(PREFIX)/lib/systemd/system/
	mv $(DESTDIR)$(PREFIX)/share/doc/verbond/verbond-as-service $(DESTDIR)$(PREFIX)/sbin/
	chmod 755 $(DESTDIR)$(PREFIX)/sbin/verbond-as-service
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig
	install -m 644 $(B)/libverbond.a $(DESTDIR)$(LIBDIR)
	install -m 755 $(B)/libverbond.so.$(VERSION) $(DESTDIR)$(LIBDIR)
	ln -sf libverbond.so.$(VERSION) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libverbond.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(LIBRARY_LIBS)|' \
	  core/engine/verbond.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/verbond.pc

clean:
	rm -rf build build-san build-clang

# -- tests ----------------------------------------------------------------------------------------

layers:
	@tests/tools/layers.sh core

# Everything: both compilers, sanitizers, every test program, then the count. Of clang's objects nothing is
# run, so they need no optimizing; of a sanitizer's report the lines are enough, not every variable.
test: deps web-deps output-deps
	@$(MAKE) -s build/web/ready
	@$(MAKE) -s -j$(JOBS) all crash-programs
	@$(MAKE) -s -j$(JOBS) CC=clang CFLAGS=-O0 B=build-clang objects
	@$(MAKE) -s -j$(JOBS) SAN=1 CFLAGS=-g1 all unit-programs
	@tests/tools/run.sh build-san build $(CLI)

check: all unit-programs
	@tests/tools/run.sh --quick $(B) $(B)

# The crash ring for hours: 100,000 power cuts and 1,000 kills.
soak: deps
	@$(MAKE) -s -j$(JOBS) all crash-programs
	@VERBOND_RELEASE=$(B) tests/tools/soak.sh

# What drives and checks pages, and what checks FHIR and CloudEvents, as pinned by the lock file; installed when that changed.
build/web/ready: tests/web/package.json tests/web/package-lock.json tests/web/.npmrc
	@rm -rf $(@D) && mkdir -p $(@D)
	@cp $^ $(@D)
	@cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
	@touch $@

# The pictures of the documentation, made anew from pages that run; the tests make theirs elsewhere.
pictures: deps web-deps
	@$(MAKE) -s build/web/ready
	@$(MAKE) -s -j$(JOBS) all
	@VERBOND_BUILD=$(B) tests/web/pictures.sh docs/pictures

unit-programs: $(TESTS) $(OUTPUTS)
bench-programs: $(BENCHES)
crash-programs: $(PRELOADS) $(CRASHERS) $(OUTPUTS)
objects: $(OBJECTS) $(RECEIVER) $(MAIN:%.c=$(B)/%.o) $(SERVING:%.c=$(B)/%.o)

bench: deps
	@$(MAKE) -s all bench-programs
	@tests/bench/run.sh $(B)

bench-store: deps
	@$(MAKE) -s all bench-programs $(B)/crash/slow.so
	@tests/bench/store.sh $(B)

bench-web: deps output-deps
	@$(MAKE) -s all bench-programs $(B)/crash/slow.so
	@tests/bench/web.sh $(B)

.PHONY: all library deps web-deps output-deps run run-terminal install clean layers pictures test check soak unit-programs bench-programs crash-programs objects bench bench-store bench-web FORCE
.SECONDARY:

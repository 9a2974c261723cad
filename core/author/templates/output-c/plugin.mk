# make            builds @NAME@.so
# make check      tries it: whether it keeps what every output promises
# make install    puts it where verbond finds it by name, under PREFIX
#
# VERBOND=DIR takes header and program from a tree of verbond that was built and not installed; else
# pkg-config is asked.
NAME    := @NAME@
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
PROGRAM := verbond
INCLUDE := $(shell pkg-config --cflags verbond 2>/dev/null)
ifdef VERBOND
PROGRAM := $(firstword $(wildcard $(VERBOND)/build/verbond $(VERBOND)/verbond $(VERBOND)/bin/verbond))
INCLUDE := $(addprefix -I,$(firstword $(wildcard $(VERBOND)/core/include $(VERBOND)/../core/include $(VERBOND)/include)))
endif

$(NAME).so: $(NAME).c
	$(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra $(CFLAGS) $(INCLUDE) $(shell pkg-config --cflags libcjson) \
	  -fPIC -fvisibility=hidden -shared -o $@ $(NAME).c $(shell pkg-config --libs libcjson)

check: $(NAME).so
	$(PROGRAM) output check ./$(NAME).so

install: $(NAME).so
	install -d $(DESTDIR)$(PREFIX)/lib/verbond/plugins
	install -m 755 $(NAME).so $(DESTDIR)$(PREFIX)/lib/verbond/plugins

clean:
	rm -f $(NAME).so

.PHONY: check install clean

#!/bin/bash
# lifecycle.sh: how the web runner starts, with TLS and without, what it says wrong, and how it ends.
exec python3 -W ignore::DeprecationWarning tests/serve/lifecycle.py

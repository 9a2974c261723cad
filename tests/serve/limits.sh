#!/bin/bash
# limits.sh: who is slow, or too many, is shown out, and nobody else waits for it.
exec python3 tests/serve/limits.py

#!/bin/bash
# streams.sh: who may hear what happens in a round, and for how long.
exec python3 tests/serve/streams.py

#!/bin/bash
# gate.sh: what two programs could read in two ways is refused, while an honest client goes on.
exec python3 tests/serve/gate.py

#!/bin/bash
# attacks.sh: what is made to break something is refused or harmless.
exec python3 tests/serve/attacks.py

#!/usr/bin/env python3
"""The answers of ref20 (see README.md): one CSV row per respondent. Deterministic (splitmix64).

usage: gen.py N > ref20.csv
"""
import sys

MASK = (1 << 64) - 1


def splitmix(seed):
    state = seed & MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def respondent(number):
    random = splitmix(number)

    def below(limit):
        return next(random) % limit

    base = below(6)
    q = []
    for k in range(1, 21):
        if below(100) < 5:  # 5 % skipped
            q.append(None)
            continue
        value = max(0, min(5, base + below(5) - 2))  # trait and noise in -2..2
        q.append(5 - value if k > 15 else value)  # subscale D is reverse keyed
    extra = q[2] is not None and q[2] <= 1
    x = [below(6), below(6)] if extra else [None, None]
    family = [below(101) for _ in range(6)]
    reject = int(below(10) == 0)  # 10 % first send an empty text
    text = "w" * (8 + below(32)) + str(number)
    return [number, *q, *x, *family, reject, text]


def main():
    head = ["id"] + [f"q{k}" for k in range(1, 21)] + ["x1", "x2"]
    head += [f"v{m}{side}" for m in (1, 2, 3) for side in "ab"] + ["reject", "t1"]
    print(",".join(head))
    for number in range(1, int(sys.argv[1]) + 1):
        print(",".join("" if v is None else str(v) for v in respondent(number)))


main()

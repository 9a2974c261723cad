"""stats.py BUILD [ROUNDS...]: what the output stats takes for so many rounds in one file.

Each is delivered on its own, as the engine does, by a pair who answered 40 questions and 2 texts; layout wide. A line
for each count: processor time of the output for one round, how often the file was made, its size. What grows with the
square of the rounds would show in the first."""
import os
import resource
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "output"))
from stats_feed import feed, instrument, item, result  # noqa: E402

build = os.path.abspath(sys.argv[1])
COUNTS = [int(count) for count in sys.argv[2:]] or [1000, 10000]
ASKED = instrument([item(f"scale{n // 5}.item{n}", "likert") for n in range(40)] +
                   [item("going.well", "text"), item("can.better", "text")])


def answers(n, who):
    given = {one["id"]: {"value": (n * 7 + i * who) % 5 + 1} for i, one in enumerate(ASKED["items"][:40])}
    given["going.well"] = {"value": f"In round {n} we found time for what matters, and {who} said so."}
    given["can.better"] = {"missing": "not_filled_in"}
    return given


def rounds(count):
    for n in range(count):
        yield ASKED, result(ASKED, [("client", answers(n, 1)), ("professional", answers(n, 2))], f"round{n}")


def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(count):
    with tempfile.TemporaryDirectory() as folder:
        path, made, before = os.path.join(folder, "o.sav"), set(), spent()
        os.mkdir(os.path.join(folder, "own"))

        def look(_, answer):
            assert answer["type"] == "delivered", answer
            made.add((os.stat(path).st_ino, os.stat(path).st_mtime_ns))
        feed(os.path.join(build, "verbond"), os.path.join(build, "plugins/stats.so"),
             {"path": path, "layout": "wide"}, os.path.join(folder, "own"), rounds(count), look)
        look(count, {"type": "delivered"})
        print(f"{count} rounds: {1000 * (spent() - before) / count:.2f} ms a round, {len(made)} files, "
              f"{os.path.getsize(path)} bytes", flush=True)


for rounds_in_file in COUNTS:
    measure(rounds_in_file)

#!/usr/bin/env python3
"""type.py COMMAND...: types at a command in a pseudo-terminal, as a person would.

Lines on stdin are "TEXT => KEYS": when TEXT appears on the screen, KEYS and Enter are typed ("^C"
interrupts instead, "^Z" suspends and goes on); \\n in TEXT is the end of a line. "TEXT => KEYS * N" does
so N times. "TEXT => !COMMAND" runs a command of bash instead, with $TYPED_AT the number of the process;
it must end with 0. Ends with the command's exit code, 99 when a
TEXT does not come; the screen goes to stdout. Nothing waits for time to pass: a step waits for its
text.
"""
import os, pty, select, signal, subprocess, sys, time

LIMIT_S = 60


def steps():
    for line in sys.stdin.read().splitlines():
        if not line.strip():
            continue
        text, keys = line.split(" => ", 1)
        text = text.replace("\\n", "\r\n")
        times = 1
        if " * " in keys:
            keys, count = keys.rsplit(" * ", 1)
            times = int(count)
        for _ in range(times):
            if keys.startswith("!"):
                yield text, keys
                continue
            yield text, {"^C": b"\x03", "^Z": b"\x1a"}.get(keys, keys.encode() + b"\n")


def main():
    wanted = list(steps())
    pid, screen = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    failed = None
    seen, shown, end = b"", 0, time.monotonic() + LIMIT_S
    while True:
        while wanted and wanted[0][0].encode() in seen[shown:]:
            text, keys = wanted.pop(0)
            if isinstance(keys, str): # shown stays: what follows is typed at the same text
                env = {**os.environ, "TYPED_AT": str(pid)}
                if subprocess.run(["bash", "-c", keys[1:]], env=env, stdin=subprocess.DEVNULL).returncode:
                    failed = keys[1:]
                    wanted = []
                    os.kill(pid, signal.SIGINT)
                continue
            shown = seen.index(text.encode(), shown) + len(text.encode())
            os.write(screen, keys)
            if keys == b"\x1a":
                os.waitpid(pid, os.WUNTRACED)
                os.kill(pid, signal.SIGCONT)
        ready = select.select([screen], [], [], max(0, end - time.monotonic()))[0]
        try:
            more = os.read(screen, 65536) if ready else b""
        except OSError:
            more = b""
        if not more:
            break
        seen += more
    sys.stdout.write(seen.decode(errors="replace").replace("\r\n", "\n"))
    if wanted or time.monotonic() >= end:
        print("# never on the screen:", wanted[0][0] if wanted else "the end")
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        return 99
    status = os.waitpid(pid, 0)[1]
    if failed:
        print("# failed:", failed)
        return 99
    return os.waitstatus_to_exitcode(status)


sys.exit(main())

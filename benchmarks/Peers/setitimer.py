"""How late is signal.setitimer? For each line read, one timer of 10 ms; its lateness in microseconds is written."""
import signal
import sys
import time

LIMIT = 0.010
came = 0


def on_alarm(signum, frame):
    global came
    came = time.monotonic_ns()


signal.signal(signal.SIGALRM, on_alarm)
for _ in sys.stdin:
    came = 0
    start = time.monotonic_ns()
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    while came == 0:
        signal.pause()
    print((came - start) / 1e3 - LIMIT * 1e6, flush=True)

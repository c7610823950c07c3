"""What do Python's locks, signs and starts between processes cost? For each line read, one figure is written."""
import multiprocessing
import os
import sys
import time

ALONE, TRIPS, LOOK, CONTEST = 20_000, 300, 16, 20_000_000
CORES = sorted(os.sched_getaffinity(0))


def nothing():
    pass


class Table:
    def __init__(self, context):
        self.begin, self.done = context.Semaphore(0), context.Semaphore(0)
        self.play, self.over, self.turns = (context.RawValue("q") for _ in range(3))
        self.lock, self.value = context.Lock(), context.Value("q")
        self.units = [context.Semaphore(0) for _ in range(2)]
        self.events = [context.Event() for _ in range(2)]
        self.condition, self.ball = context.Condition(), context.RawValue("q")
        self.barrier = context.Barrier(2)


def pin(core):
    os.sched_setaffinity(0, {CORES[core % len(CORES)]})


def lock_alone(table, end):
    lock = table.lock
    start = time.monotonic_ns()
    for _ in range(ALONE):
        lock.acquire()
        lock.release()
    return (time.monotonic_ns() - start) / ALONE


def add(table, end):
    value = table.value
    start = time.monotonic_ns()
    for _ in range(ALONE):
        with value.get_lock():
            value.value += 1
    return (time.monotonic_ns() - start) / ALONE


def lock_together(table, end):
    lock, over, turns = table.lock, table.over, 0
    start = time.monotonic_ns()
    while not over.value:
        for _ in range(LOOK):
            lock.acquire()
            lock.release()
        turns += LOOK
        if end == 0 and time.monotonic_ns() - start > CONTEST:
            over.value = 1
    if end == 1:
        table.turns.value = turns
        return 0
    table.done.acquire()
    took = time.monotonic_ns() - start
    table.done.release()
    return took / (turns + table.turns.value)


def trips(table, end, give, take):
    start = time.monotonic_ns()
    for _ in range(TRIPS):
        if end == 0:
            give()
        take()
        if end == 1:
            give()
    return (time.monotonic_ns() - start) / TRIPS


def semaphore(table, end):
    return trips(table, end, table.units[1 - end].release, table.units[end].acquire)


def event(table, end):
    def take():
        table.events[end].wait()
        table.events[end].clear()
    return trips(table, end, table.events[1 - end].set, take)


def condition(table, end):
    ball, place = table.ball, table.condition

    def give():
        with place:
            ball.value = 1 - end
            place.notify()

    def take():
        with place:
            while ball.value != end:
                place.wait()
    return trips(table, end, give, take)


def barrier(table, end):
    start = time.monotonic_ns()
    for _ in range(TRIPS):
        table.barrier.wait()
    return (time.monotonic_ns() - start) / TRIPS


TOGETHER = [lock_together, semaphore, event, condition, barrier]


def partner(table):
    while True:
        table.begin.acquire()
        index, one_core = divmod(table.play.value, 2)
        pin(0 if one_core else 1)
        TOGETHER[index](table, 1)
        table.done.release()


def start_and_join(context):
    start = time.monotonic_ns()
    child = context.Process(target=nothing)
    child.start()
    child.join()
    return (time.monotonic_ns() - start) / 1e6


def main():
    table, spawn = Table(multiprocessing.get_context("fork")), multiprocessing.get_context("spawn")
    multiprocessing.get_context("fork").Process(target=partner, args=(table,), daemon=True).start()
    for line in sys.stdin:
        command, *where = line.split()
        if command == "spawn":
            os.sched_setaffinity(0, CORES)
            answer = start_and_join(spawn)
        elif command in ("lock_alone", "add"):
            pin(0)
            answer = globals()[command](table, 0)
        else:
            pin(0)
            play = globals()[command]
            table.over.value, table.ball.value = 0, -1
            table.play.value = 2 * TOGETHER.index(play) + (where == ["one"])
            table.begin.release()
            answer = play(table, 0)
            table.done.acquire()
        print(answer, flush=True)


if __name__ == "__main__":
    main()

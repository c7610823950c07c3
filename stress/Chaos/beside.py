"""What becomes of those who share something with a process that is killed, in Python? One line for each scenario:
name, whether the others went on ("went on" or "hung"), and the seconds until then or until they gave up."""
import multiprocessing
import os
import signal
import sys
import threading
import time

PATIENCE = float(sys.argv[1])
context = multiprocessing.get_context("fork")


def hold(thing, inside):
    thing.acquire()
    inside.set()
    time.sleep(1000)


def wait_in(condition, inside):
    with condition:
        inside.set()
        condition.wait()


def arrive(barrier, inside):
    inside.set()
    barrier.wait()


def get(queue, inside):
    inside.set()
    queue.get()


def killed(target, *shared):
    inside = context.Event()
    child = context.Process(target=target, args=(*shared, inside), daemon=True)
    child.start()
    inside.wait()
    time.sleep(0.1)         # until it sleeps where it is to be killed
    os.kill(child.pid, signal.SIGKILL)
    child.join()


def seen(name, attempt):
    result = []
    start = time.monotonic()
    trying = threading.Thread(target=lambda: result.append(attempt()), daemon=True)
    trying.start()
    trying.join(2 * PATIENCE)
    went_on = result and result[0]
    print(f"{name}|{'went on' if went_on else 'hung'}|{time.monotonic() - start:.6f}", flush=True)


def main():
    lock, semaphore, value = context.Lock(), context.Semaphore(1), context.Value("q")
    killed(hold, lock)
    seen("lock", lambda: lock.acquire(timeout=PATIENCE))
    killed(hold, semaphore)
    seen("semaphore", lambda: semaphore.acquire(timeout=PATIENCE))
    killed(hold, value.get_lock())
    seen("shared value", lambda: value.get_lock().acquire(timeout=PATIENCE))

    condition = context.Condition()
    killed(wait_in, condition)

    def notify():
        with condition:
            condition.notify_all()
        return True
    seen("condition", notify)

    barrier = context.Barrier(2)
    killed(arrive, barrier)

    def meet():
        try:
            barrier.wait(PATIENCE)
        except threading.BrokenBarrierError:
            pass
        return True
    seen("barrier", meet)

    queue = context.Queue()
    killed(get, queue)

    def receive():
        queue.put(1)
        try:
            return queue.get(timeout=PATIENCE) == 1
        except Exception:           # queue.Empty, though there is an item
            return False
    seen("queue", receive)
    sys.stdout.flush()
    os._exit(0)                     # the threads that hang would keep the interpreter


if __name__ == "__main__":
    main()

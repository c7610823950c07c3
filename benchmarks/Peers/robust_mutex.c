/* What does a robust mutex between processes cost? For each line read: nanoseconds for one lock and unlock,
   "alone" in one process, or "together" with another one for 20 ms, both pinned. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { ALONE = 100000, LOOK = 16 };
static const double CONTEST = 20e6;

static struct { pthread_mutex_t mutex; char pad[128]; sem_t begin, done; volatile int over; char more[128]; volatile long turns; } *shared;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static void pin(int worker)
{
    cpu_set_t all, one;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&one);
    for (int cpu = 0, skip = worker % CPU_COUNT(&all); cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &all) && skip-- == 0) CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

static void turn(void)
{
    pthread_mutex_lock(&shared->mutex);
    pthread_mutex_unlock(&shared->mutex);
}

static long together(double until)
{
    long turns = 0;
    for (; !shared->over; turns += LOOK) {
        for (int i = 0; i < LOOK; i++) turn();
        if (until > 0 && now() > until) shared->over = 1;
    }
    return turns;
}

int main(void)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&shared->mutex, &kind);
    sem_init(&shared->begin, 1, 0);
    sem_init(&shared->done, 1, 0);
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (pin(1);; sem_post(&shared->done)) {
            while (sem_wait(&shared->begin) != 0) { }
            shared->turns = together(0);
        }
    }
    pin(0);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        double start = now(), took;
        long turns = ALONE;
        if (strncmp(line, "alone", 5) == 0) {
            for (int i = 0; i < ALONE; i++) turn();
            took = now() - start;
        } else {
            shared->over = 0;
            sem_post(&shared->begin);
            turns = together(start + CONTEST);
            sem_wait(&shared->done);
            took = now() - start;
            turns += shared->turns;
        }
        printf("%f\n", took / turns);
        fflush(stdout);
    }
    return 0;
}

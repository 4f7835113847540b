
# What the ops are made of.


def python(ms):
    """Computes in Python: keeps the GIL until another thread asks for it."""
    n = int(ms * SCALE * RATES["python"])
    while n > 0:
        n -= 1


def extension(ms):
    """Computes in one call of C code that keeps the GIL."""
    collections.deque(itertools.repeat(None, int(ms * SCALE * RATES["extension"])), maxlen=0)


def native(ms):
    """Computes in one call of C code that has released the GIL."""
    hashlib.pbkdf2_hmac("sha256", b"gil", b"scope", max(1, int(ms * SCALE * RATES["native"])))


def sleep(ms):
    """Waits without core and GIL."""
    time.sleep(max(0, ms * SCALE / 1000))


io = sleep


def person(at=None, later=()):
    """Waits for an answer, which comes at a time, or at the first of some that is still to come."""
    times = [t for t in later if t >= now()] + ([] if at is None else [at])
    threading.Event().wait((min(times) - now()) * SCALE / 1000 if times else None)


def now():
    """Milliseconds since the start, by the clock of the scenario."""
    return (time.perf_counter() - T0.value) * 1000 / SCALE


class Cut(Exception):
    """A loop without end goes on beyond the end of the prediction."""


def goes_on():
    if now() > UNTIL:
        raise Cut
    return True


class Channel:
    """A pipe, which one thread at a time may read and one may write."""

    def __init__(self):
        self.reader, self.writer = multiprocessing.Pipe(duplex=False)
        self.reading, self.writing = multiprocessing.Lock(), multiprocessing.Lock()

    def send(self, length):
        with self.writing:
            self.writer.send_bytes(bytes(length))

    def receive(self):
        with self.reading:
            self.reader.recv_bytes()


class Worker(threading.Thread):
    """A thread that says when it has finished."""

    def __init__(self, name, work, cores=None):
        super().__init__(name=name, daemon=True)
        self.work, self.cores, self.at, self.gate = work, cores, 0, threading.Lock()

    def run(self):
        if self.cores and MINE:
            os.sched_setaffinity(0, {MINE[core % len(MINE)] for core in self.cores})
        with self.gate:
            if self.at:
                sleep(self.at - now())
        how = ""
        try:
            self.work()
        except Cut:
            how = "goes on"
        except Exception as problem:
            how = f"{type(problem).__name__}: {problem}"
        finished = now()
        with SAYING:
            SAYS.send((self.name, finished, how))


def launch(process, shared):
    """A process: starts its threads, lets them go all at once, and stays as long as the one that started it."""
    globals().update(shared)
    if process in INTERVALS:
        sys.setswitchinterval(INTERVALS[process] * SCALE / 1000)
    threads = globals()[process]()
    for thread, at in threads.items():
        thread.at = at
        thread.gate.acquire()
        thread.start()
    READY.release()
    GO.wait()
    sleep(-now())
    for thread in threads:
        thread.gate.release()
    multiprocessing.connection.wait([multiprocessing.parent_process().sentinel])
    os._exit(0)


def spawn(process):
    multiprocessing.Process(target=launch, args=(process, {name: globals()[name] for name in SHARED})).start()


def rate(kind, work, units):
    """How much of something this machine does in a millisecond: the most of some tries."""
    RATES[kind] = 1

    def once():
        start = time.perf_counter()
        work(units / SCALE)
        return (time.perf_counter() - start) * 1000

    RATES[kind] = units / min(once() for _ in range(10))


def main():
    # Where a process can be forked, that is fast; elsewhere this file is run again for each.
    multiprocessing.set_start_method("fork" if sys.platform == "linux" else "spawn")
    sys.stdout.reconfigure(errors="replace")
    mine = []
    if hasattr(os, "sched_setaffinity"):
        mine = sorted(os.sched_getaffinity(0))[:CORES]
        os.sched_setaffinity(0, mine)
    elif os.cpu_count() > CORES:
        print(f"This program cannot be kept to {CORES} of {os.cpu_count()} cores here.")
    if len(mine or range(os.cpu_count())) < CORES:
        print(f"The prediction is for {CORES} cores; there are fewer here.")
    if NO_GIL != (not getattr(sys, "_is_gil_enabled", lambda: True)()):
        print(f"The prediction is for Python with{'out' if NO_GIL else ''} a GIL; this is the other one.")
    rate("python", python, 100_000)
    rate("extension", extension, 500_000)
    rate("native", native, 5_000)

    says, SAYS = multiprocessing.Pipe(duplex=False)
    ready, go = multiprocessing.Semaphore(0), multiprocessing.Event()
    things = dict(MINE=mine, RATES=RATES, SAYS=SAYS, SAYING=multiprocessing.Lock(), READY=ready, GO=go)
    things.update(T0=multiprocessing.Value("d", 0.0, lock=False), **between_processes())
    globals().update(things, SHARED=(*things, "SHARED"))
    for process in LAUNCHED:
        spawn(process)
    for _ in LAUNCHED:
        READY.acquire()
    T0.value = time.perf_counter() + 0.02
    GO.set()
    tell(listen(says))
    # Their threads may wait for ever.
    for process in multiprocessing.active_children():
        process.terminate()


def listen(says):
    """When each thread has finished. Those that shall not are waited for until it is clear that they do not."""
    finished = {}
    due = {name for name, at in PREDICTED.items() if at is not None}
    while PREDICTED.keys() - finished.keys():
        patience = 20_000 if due - set(finished) else 500
        if not says.poll(max(0, (UNTIL * 1.2 - now()) * SCALE + patience) / 1000):
            break
        name, at, how = says.recv()
        finished[name] = (at, how)
    return finished


def tell(finished):
    width = max(map(len, [*PREDICTED, "thread"]))
    print(f"When each thread finished, in ms, with all lengths times {SCALE:g}:")
    print(f"{'thread':{width}}  {'gilscope':>10}  {'here':>10}")
    for name, predicted in PREDICTED.items():
        at, how = finished.get(name, (None, "waits"))
        shown = [f"{t * SCALE:.1f}" if t is not None else "-" for t in (predicted, None if how == "goes on" else at)]
        print(f"{name:{width}}  {shown[0]:>10}  {shown[1]:>10}  {how}".rstrip())


RATES = {}

if __name__ == "__main__":
    main()

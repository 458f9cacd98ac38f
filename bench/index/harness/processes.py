"""Starts, pins, measures and ends the processes of a run; touches no process that it did not start."""

import os
import signal
import socket
import subprocess
import threading
import time

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = {CORES[0]}
LOAD_CORE = {CORES[-1]}


class Trouble(Exception):
    """Why a row cannot be measured, as a sentence."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A process of ours with its children."""

    def __init__(self, command, cores, log, env=None, cwd=None, stdin=None, stdout=None):
        self.log = log
        with open(log, "ab") as sink:
            self.popen = subprocess.Popen(
                command, stdin=stdin or subprocess.DEVNULL, stdout=stdout or sink, stderr=sink,
                env=env, cwd=cwd, preexec_fn=lambda: os.sched_setaffinity(0, cores))

    def tree(self):
        found, queue = [], [self.popen.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{task}/children") as children:
                        queue += [int(child) for child in children.read().split()]
            except OSError:
                continue
        return found

    def cpu_seconds(self):
        """User and system time of the tree, to the nanosecond: what utime + stime of /proc/PID/stat
        count in ticks of 10 ms, read from each process's own clock (clock_getcpuclockid)."""
        total = 0.0
        for pid in self.tree():
            try:
                total += time.clock_gettime((~pid << 3) | 2)
            except OSError:
                continue
        return total

    def pss_mib(self):
        total = 0
        for pid in self.tree():
            try:
                with open(f"/proc/{pid}/smaps_rollup") as rollup:
                    total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
            except OSError:
                continue
        return total / 1024

    def pin(self, cores):
        for pid in self.tree():
            for task in os.listdir(f"/proc/{pid}/task"):
                os.sched_setaffinity(int(task), cores)

    def alive(self):
        return self.popen.poll() is None

    def last_words(self):
        try:
            with open(self.log, errors="replace") as text:
                return text.read()[-800:].strip()
        except OSError:
            return ""

    def stop(self, seconds=20):
        if self.alive():
            members = self.tree()
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                for pid in members:
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        continue
                self.popen.wait(seconds)


class PeakPss:
    """The largest PSS of a process tree while a block runs, looked at four times a second."""

    def __init__(self, process):
        self.process = process
        self.peak = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def watch(self):
        while True:
            self.peak = max(self.peak, self.process.pss_mib())
            if self.over.wait(0.25):
                return

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join(5)

"""`uv pip compile` of 200 projects: through Wellhead against straight to the upstream."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .inputs import UNIVERSE
from .processes import LOAD_CORE, Trouble
from .report import Row


class Resolve:
    def __init__(self, work, clients, requirements):
        self.row = Row("uv pip compile of 200 projects, warm", "x straight to the upstream",
                       "at most 1.1", at_most=1.1)
        self.again = Row("uv pip compile of 200 projects, warm: upstream requests", "requests")
        self.rows = [self.row, self.again]
        self.work, self.requirements = Path(work), requirements
        self.uv = find_uv(self.work, clients)

    def compile(self, port):
        """Seconds, and what was resolved; uv remembers nothing from one run to the next."""
        cache, out = self.work / "uv-cache", self.work / "resolved.txt"
        shutil.rmtree(cache, ignore_errors=True)
        out.unlink(missing_ok=True)
        command = [self.uv, "pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate",
                   "--no-build", "--python", sys.executable, "--cache-dir", str(cache),
                   "--default-index", f"http://127.0.0.1:{port}/simple/", "--output-file", str(out),
                   str(self.requirements)]
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("UV_", "PIP_")) and not name.lower().endswith("_proxy")}
        begun = time.monotonic()
        done = subprocess.run(command, env={**kept, "UV_PYTHON_DOWNLOADS": "never"}, timeout=120,
                              capture_output=True, text=True, cwd=self.work,
                              preexec_fn=lambda: os.sched_setaffinity(0, LOAD_CORE))
        seconds = time.monotonic() - begun
        if done.returncode:
            raise Trouble("uv pip compile fails: " + done.stderr.strip()[-600:])
        lines = sorted(line for line in out.read_text().splitlines() if "==" in line)
        if len(lines) != UNIVERSE:
            raise Trouble(f"uv resolved {len(lines)} projects, not {UNIVERSE}")
        return seconds, lines

    def pair(self, run, wellhead, straight_first):
        order = [run.oracle, wellhead] if straight_first else [wellhead, run.oracle]
        seconds, lines = {}, {}
        for server in order:
            mark = run.oracle.mark()
            seconds[server.name], lines[server.name] = self.compile(server.port)
            if server is wellhead:
                asked = len(run.oracle.asked_since(mark, None))
        direct, through = seconds[run.oracle.name], seconds[wellhead.name]
        run.keep(self.row.name, "both", {}, straight_s=direct, wellhead_s=through, upstream=asked)
        if lines[run.oracle.name] != lines[wellhead.name]:
            self.row.trouble("uv resolves other versions through Wellhead than straight")
        self.row.add(through / direct, Wellhead_s=through, straight_s=direct)
        self.again.add(asked)


def find_uv(work, clients):
    """uv from the folder of client wheels, else from PATH."""
    if clients and any(Path(clients).glob("uv-*.whl")):
        target = work / "uv"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--find-links",
                   str(clients), "--target", str(target), "uv"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        if done.returncode:
            raise Trouble("uv cannot be installed: " + done.stderr.strip()[-600:])
        return str(target / "bin" / "uv")
    found = shutil.which("uv")
    if not found:
        raise Trouble("uv is neither in ../shared/clients nor on PATH: pip install uv")
    return found

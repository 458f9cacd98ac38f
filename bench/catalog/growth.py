"""Catalogs of a chosen size, the server over them, and what it is asked."""

import collections
import hashlib
import http.client
import os
import random
import shutil
import statistics
import subprocess
import time
from pathlib import Path

from harness.load import JSON_TYPE, java
from harness.processes import Process, Trouble, free_port
from harness.servers import environment, wait_until_answers

# Nobody listens there: pages count as fresh for as long as a run lasts, and a search asks nobody.
INDEX = "http://127.0.0.1:9/simple/"


class Catalog:
    """A data folder with so many projects in it; seeded once."""

    def __init__(self, folder, size, house, large):
        self.data, listing = Path(folder) / "data", Path(folder) / "names.txt"
        if not listing.exists():
            self.seed(house, size, listing, large)
        self.names = listing.read_text().split()
        # The list of a run before would be searched too.
        shutil.rmtree(self.data / "cache" / "sources", ignore_errors=True)

    def seed(self, house, size, listing, large):
        self.data.mkdir(parents=True)
        jars = sorted((house / "wellhead-server" / "target" / "wellhead" / "lib").glob("*.jar"))
        path = [house / "wellhead-bench" / "target" / "classes", *jars]
        command = [str(java() / "bin" / "java"), "-Xmx1g", "--enable-native-access=ALL-UNNAMED",
                   "-cp", ":".join(map(str, path)), "dev.wellhead.bench.boot.SeedMain",
                   str(self.data), INDEX, str(size), str(listing), *map(str, large)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=3_600)
        if done.returncode:
            raise Trouble("the catalog cannot be seeded: " + (done.stdout + done.stderr)[-800:])

    def database_mib(self):
        return sum(file.stat().st_size for file in self.data.glob("wellhead.db*")) / 2**20

    def put_list(self, names):
        """The list of an upstream's projects as a fetch would have left it."""
        body = "\n".join(sorted(names)) + "\n"
        digest = hashlib.sha256(body.encode()).hexdigest()
        lists = self.data / "cache" / "sources" / "upstream"
        lists.mkdir(parents=True, exist_ok=True)
        (lists / f"{digest}.names").write_text(body)
        (lists / "list.properties").write_text(f"sha256={digest}\nconfirmed=2026-01-01T00:00:00Z\n")

    def start(self, launcher, cores, *options):
        return Server(launcher, self.data, cores, "--no-page-cache" in options)


class Server:
    def __init__(self, launcher, data, cores, renders_each_time):
        self.name, self.port = "Wellhead", free_port()
        changed = {"WELLHEAD_UPSTREAM_FRESH_FOR": "30d"}
        if renders_each_time:
            changed["WELLHEAD_CACHE_PAGES"] = "0B"
        command = [str(launcher), "serve", "--data", str(data), "--port", str(self.port),
                   "--upstream", INDEX]
        self.process = Process(command, cores, data.parent / "wellhead.log",
                               env={**environment(), **changed})
        try:
            self.start_seconds = wait_until_answers(self, "/readyz", 120, status=200)
        except Trouble:
            self.stop()
            raise
        self.client = Client(self.port)

    def ask(self, path, **headers):
        answer = self.client.ask(path, **headers)
        if answer.status != 200:
            raise Trouble(f"{path} was answered {answer.status}: {answer.body[:200]!r}")
        return answer

    def spend(self, paths):
        """What the requests cost, one after the other."""
        self.client.renew()
        before = self.process.cpu_seconds()
        seconds = [self.ask(path).seconds for path in paths]
        cpu = self.process.cpu_seconds() - before
        return {"cpu_ms": 1000 * cpu / len(paths), "median_ms": 1000 * statistics.median(seconds),
                "slowest_ms": 1000 * max(seconds), "n": len(paths)}

    def spend_unchanged(self, path, count):
        self.client.renew()
        etag = self.ask(path).etag
        before = self.process.cpu_seconds()
        for _ in range(count):
            if self.client.ask(path, **{"If-None-Match": etag}).status != 304:
                raise Trouble(f"{path} is not held to be unchanged")
        return {"cpu_ms": 1000 * (self.process.cpu_seconds() - before) / count, "n": count}

    def gauge(self, name):
        for line in self.ask("/metrics").body.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[1])
        raise Trouble(f"/metrics has no {name}")

    def idle_pss(self):
        time.sleep(5)
        return self.process.pss_mib()

    def stop(self):
        self.process.stop()


class Answer:
    def __init__(self, status, etag, body, seconds):
        self.status, self.etag, self.body, self.seconds = status, etag, body, seconds


class Client:
    """One connection at a time, which stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def renew(self):
        """The server may have closed a connection on which nothing was said for half a minute."""
        self.connection.close()

    def ask(self, path, **headers):
        begun = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept": JSON_TYPE + ", application/json", **headers})
        reply = self.connection.getresponse()
        body = reply.read()
        return Answer(reply.status, reply.headers.get("ETag"), body, time.perf_counter() - begun)


def sample(names, count):
    return random.Random(1).choices(names, k=count)


def queries(names, count):
    """What people type, by kind; the same kinds at every size."""
    chance = random.Random(2)
    some = sorted(chance.choices(names, k=count))
    # Those of most names: an answer costs by what it has, so that it has to be full at all sizes compared.
    letters = collections.Counter(name[0] for name in names if name[0].isalpha())
    beginnings = sorted(letters, key=lambda letter: (-letters[letter], letter))[:8]
    return {
        "a beginning that many have": (beginnings * count)[:count],
        "a whole name": some,
        "a part": [name[len(name) // 3:][:6] for name in some],
        "a slip of the finger": [slip(name, chance) for name in some],
        "nothing like it": [f"qzx{chance.randrange(10**6)}wvk" for _ in range(count)],
    }


def slip(name, chance):
    """Two neighbours in the middle swapped."""
    at = len(name) // 2
    return name[:at - 1] + name[at] + name[at - 1] + name[at + 1:]

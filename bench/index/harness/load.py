"""Puts load on a server through the project's own generator, and asks single questions itself."""

import gzip
import hashlib
import http.client
import json
import os
import select
import shutil
import subprocess
from pathlib import Path

from .processes import LOAD_CORE, Process, Trouble

JSON_TYPE = "application/vnd.pypi.simple.v1+json"
AGENT = ('pip/26.3 {"cpu":"x86_64","implementation":{"name":"CPython","version":"3.11.2"},'
         '"installer":{"name":"pip","version":"26.3"},"python":"3.11.2",'
         '"system":{"name":"Linux","release":"6.1.0"}}')


def page_headers(coding=None, etag=None):
    lines = [f"User-Agent: {AGENT}", f"Accept: {JSON_TYPE}"]
    lines += [f"Accept-Encoding: {coding}"] if coding else []
    lines += [f"If-None-Match: {etag}"] if etag else []
    return lines


def file_headers():
    return [f"User-Agent: {AGENT}", "Accept: */*", "Accept-Encoding: identity"]


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def sha256(self):
        return hashlib.sha256(self.body).hexdigest()

    def plain(self):
        coding = self.headers.get("Content-Encoding", "identity")
        return gzip.decompress(self.body) if coding == "gzip" else self.body


def ask(port, path, headers, seconds=60):
    """One GET, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        named = dict(line.split(": ", 1) for line in headers)
        connection.request("GET", path, headers=named)
        answer = connection.getresponse()
        return Reply(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def java():
    """The home of the first Java 25 found: JAVA_HOME, PATH, the usual folder."""
    homes = [Path(os.environ.get("JAVA_HOME", "/nowhere"))]
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parents[1]] if on_path else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        release = home / "release"
        if (home / "bin" / "java").exists() and release.exists():
            if 'JAVA_VERSION="25' in release.read_text():
                return home
    raise Trouble("no Java 25 found: set JAVA_HOME to a JDK 25")


class Generator:
    """One JVM on the load's core that carries out plan after plan; a new one where it died."""

    def __init__(self, house, log):
        self.classes, self.log = house / "wellhead-bench" / "target" / "classes", log
        build(house, self.classes)
        self.process = self.begin()

    def begin(self):
        command = [str(java() / "bin" / "java"), "-Xmx1g", "-XX:+UseSerialGC", "-cp", str(self.classes),
                   "dev.wellhead.bench.boot.LoadMain"]
        return Process(command, LOAD_CORE, self.log, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, port, path, headers, **words):
        words = {name.replace("_", "-"): value for name, value in words.items() if value is not None}
        plan = [f"port={port}", f"path={path}"]
        plan += [f"{name}={value}" for name, value in words.items()]
        plan += [f"header={line}" for line in headers]
        if not self.process.alive():
            self.process = self.begin()
        pipe = self.process.popen
        pipe.stdin.write(("\t".join(plan) + "\n").encode())
        pipe.stdin.flush()
        limit = (int(words.get("millis", 10_000)) + int(words.get("grace-millis", 10_000))) / 1000 + 60
        ready, _, _ = select.select([pipe.stdout], [], [], limit)
        line = pipe.stdout.readline() if ready else b""
        if not line:
            self.process.stop(2)
            raise Trouble(f"the load generator gave no answer within {limit:.0f} s: "
                          + self.process.last_words())
        outcome = json.loads(line)
        if "fault" in outcome:
            raise Trouble("the load could not be put on: " + outcome["fault"])
        return outcome

    def stop(self):
        self.process.stop(5)


def build(house, classes):
    sources = house / "wellhead-bench" / "src" / "main"
    newest = max(path.stat().st_mtime for path in sources.rglob("*.java"))
    built = classes / "dev" / "wellhead" / "bench" / "boot" / "LoadMain.class"
    if built.exists() and built.stat().st_mtime >= newest:
        return
    if not shutil.which("mvn"):
        raise Trouble("the load generator is not built and there is no Maven: apt-get install maven")
    command = ["mvn", "-q", "-B", "-P", "bench", "-pl", "wellhead-bench", "-am", "-DskipTests", "package"]
    options = "--sun-misc-unsafe-memory-access=allow " + os.environ.get("MAVEN_OPTS", "")
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, timeout=600,
                          env={**os.environ, "JAVA_HOME": str(java()), "MAVEN_OPTS": options})
    if done.returncode:
        raise Trouble("the load generator does not build: " + (done.stdout + done.stderr)[-800:])


def faulty(outcome):
    """What is wrong with an outcome, as words; empty when every answer was right."""
    words = []
    if outcome["wrong"]:
        words.append(f"{outcome['wrong']} wrong answers of {outcome['answered']}")
    if outcome["unanswered"]:
        words.append(f"{outcome['unanswered']} requests without an answer")
    if outcome["faults"]:
        words.append("faults: " + ", ".join(f"{n} x {why}" for why, n in outcome["faults"].items()))
    if not outcome["answered"]:
        words.append("no answer at all")
    return "; ".join(words)

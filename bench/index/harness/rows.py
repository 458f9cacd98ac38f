"""The rows: what is measured, how, and what it must be."""

import json
import time
from urllib.parse import urljoin, urlsplit

from .load import ask, faulty, file_headers, page_headers
from .processes import PeakPss, Trouble
from .report import Row


class Subject:
    """One kind of request whose cost is compared: the same bytes from nginx and from Wellhead."""

    def __init__(self, name, at_most, connections, static_path, wellhead_path, headers, etag=False):
        self.row = Row(f"CPU a request: {name}", "x nginx static", f"at most {at_most}", at_most=at_most)
        self.control = Row(f"control: nginx against itself, {name}", "x nginx static",
                           "0.85 to 1.15", at_least=0.85, at_most=1.15)
        self.name, self.connections, self.etag = name, connections, etag
        self.paths = {"nginx static": static_path, "Wellhead": wellhead_path}
        self.plain_headers = headers
        self.headers, self.expected = {}, {}

    def probe(self, server, right):
        """Asks once and looks at the answer's meaning; every answer of the load must be equal to it
        byte for byte."""
        path = self.paths[server.name]
        reply = ask(server.port, path, self.plain_headers)
        if reply.status != 200:
            raise Trouble(f"{server.name} answers {path} with {reply.status}")
        right(reply, server.name)
        headers = self.plain_headers
        if self.etag:
            etag = reply.headers.get("ETag")
            if not etag:
                raise Trouble(f"{server.name} gives {path} no ETag")
            headers = [*headers, f"If-None-Match: {etag}"]
            reply = ask(server.port, path, headers)
            if reply.status != 304 or reply.body:
                raise Trouble(f"{server.name} answers a known ETag with {reply.status}, not 304")
        self.headers[server.name] = headers
        self.expected[server.name] = dict(
            status=reply.status, length=len(reply.body),
            sha256=None if self.etag else reply.sha256)

    def warm_by_parts(self, run, server):
        """Many small parts of a large file: the JIT wants thousands of requests, which would take
        minutes with the whole file. The way through the server is the same."""
        length = 512 * 1024
        headers = [*self.headers[server.name], f"Range: bytes=0-{length - 1}"]
        for _ in range(run.size["warm_loads"]):
            run.generator.run(server.port, self.paths[server.name], headers,
                              connections=self.connections, millis=1_000, grace_millis=20_000,
                              status=206, length=length)

    def load(self, run, server, millis):
        """CPU microseconds of the server for one request."""
        before = server.process.cpu_seconds()
        outcome = run.generator.run(
            server.port, self.paths[server.name], self.headers[server.name],
            connections=self.connections, millis=millis, grace_millis=20_000,
            **self.expected[server.name])
        spent = server.process.cpu_seconds() - before
        run.keep(self.row.name, server.name, outcome, cpu_seconds=round(spent, 6))
        wrong = faulty(outcome)
        if wrong:
            raise Trouble(f"{server.name}: {wrong}")
        return spent / outcome["answered"] * 1e6

    def warm(self, run, server, cpu_seconds, loads):
        """Until the server burnt that much CPU, so that its JIT is done, at most so many loads."""
        if self.connections < 64 and server.name == "Wellhead":
            self.warm_by_parts(run, server)
        begun = server.process.cpu_seconds()
        for _ in range(loads):
            if server.process.cpu_seconds() - begun >= cpu_seconds:
                return
            self.load(run, server, 1_000)

    def pair(self, run, static, wellhead, millis):
        """nginx, Wellhead, nginx: the two of nginx stand for its cost in this minute and are the
        control as well."""
        first = self.load(run, static, millis)
        middle = self.load(run, wellhead, millis) if wellhead else None
        last = self.load(run, static, millis)
        self.control.add(last / first, nginx_us=first)
        if middle is not None:
            limit = (first + last) / 2
            self.row.add(middle / limit, Wellhead_us=middle, nginx_us=limit)


def listed(page):
    return {(entry["filename"], entry["hashes"].get("sha256")) for entry in page["files"]}


def same_files(reply, upstream_page):
    """Whether a page lists what the upstream's lists, with the same hashes."""
    try:
        return listed(json.loads(reply.plain())) == listed(json.loads(upstream_page))
    except (ValueError, KeyError, TypeError, OSError):
        return False


def find_file(port, project):
    """The path of the only file of a project, as the server's page gives it."""
    page = f"/simple/{project}/"
    reply = ask(port, page, page_headers())
    if reply.status != 200:
        raise Trouble(f"{page} answers {reply.status}")
    entry = json.loads(reply.plain())["files"][0]
    return urlsplit(urljoin(f"http://127.0.0.1:{port}{page}", entry["url"])).path, entry


class Stampede:
    """64 clients that ask at one moment for something that is not there yet."""

    CLIENTS = 64

    def __init__(self, what, server_name, judged):
        name = f"64 clients, one cold {what}, {server_name}"
        self.what, self.server_name = what, server_name
        self.asked = Row(f"{name}: upstream requests", "requests", "1" if judged else None,
                         exactly=1 if judged else None)
        self.right = Row(f"{name}: right answers", "of 64", "64" if judged else None,
                         exactly=64 if judged else None)
        self.first = Row(f"{name}: first byte p50", "ms")
        self.pss = Row(f"{name}: peak PSS", "MiB")

    @property
    def rows(self):
        return [self.asked, self.right, self.first, self.pss]

    def trouble(self, sentence):
        for row in self.rows:
            row.trouble(sentence)

    def rush(self, run, server, path, headers, upstream_path, is_right):
        mark = run.oracle.mark()
        with PeakPss(server.process) as watch:
            outcome = run.generator.run(server.port, path, headers, connections=self.CLIENTS,
                                        requests=self.CLIENTS, millis=30_000, grace_millis=30_000)
        asked = run.oracle.asked_since(mark, upstream_path)
        right = sum(count for line, count in outcome["answers"].items()
                    if line.startswith("200 ") and is_right(line.split(" ")[2]))
        run.keep(self.asked.name, server.name, outcome, upstream=asked, right=right,
                 peak_pss_mib=round(watch.peak, 1))
        self.asked.add(len(asked))
        self.right.add(right)
        self.first.add(outcome["first_byte_ms"]["p50"], first_byte_p99=outcome["first_byte_ms"]["p99"],
                       whole_p50=outcome["latency_ms"]["p50"])
        self.pss.add(watch.peak)

    def file_round(self, run, server, number):
        project = f"cold{number}"
        path, entry = find_file(server.port, project)
        upstream_path = "/" + run.upstream.path_of(entry["filename"], "slow")
        sha256 = run.upstream.sha256[entry["filename"]]
        self.rush(run, server, path, file_headers(), upstream_path, lambda seen: seen == sha256)

    def page_round(self, run, server, number):
        path = f"/simple/coldpage{number}/"
        good = run.upstream.page_bytes(f"coldpage{number}")

        def is_right(seen):
            reply = ask(server.port, path, page_headers())
            return reply.sha256 == seen and same_files(reply, good)

        self.rush(run, server, path, page_headers(), path, is_right)


class Crowd:
    """4,000 keep-alive clients at an open-loop 2,000 requests a second for the 4 kB page."""

    CLIENTS, RATE = 4_000, 2_000

    def __init__(self, server_name, judged):
        name = f"4,000 clients at 2,000/s, {server_name}"
        self.latency = Row(f"{name}: p99", "ms", "at most 250" if judged else None,
                           at_most=250 if judged else None)
        self.pss = Row(f"{name}: peak PSS", "MiB", "at most 300" if judged else None,
                       at_most=300 if judged else None)
        self.rows = [self.latency, self.pss]

    def round(self, run, server, subject, millis):
        with PeakPss(server.process) as watch:
            outcome = run.generator.run(
                server.port, subject.paths[server.name], subject.headers[server.name],
                connections=self.CLIENTS, rate=self.RATE, millis=millis, grace_millis=10_000,
                **subject.expected[server.name])
        run.keep(self.latency.name, server.name, outcome, peak_pss_mib=round(watch.peak, 1))
        self.latency.trouble(faulty(outcome))
        self.latency.add(outcome["latency_ms"]["p99"], p50=outcome["latency_ms"]["p50"],
                         p999=outcome["latency_ms"]["p999"], answered=outcome["answered"])
        self.pss.add(watch.peak, connections=outcome["connects"])


def idle_pss(server, seconds):
    """PSS after so long without a request."""
    time.sleep(seconds)
    return server.process.pss_mib()

"""Makes the upstream that is asked: pages and wheels, from a seed, the same bytes on every machine.

Laid out as nginx serves it: simple/NAME/index.json and packages/.../FILE. File URLs in pages are
relative, so that every server in front can pass them on as they are.
"""

import hashlib
import io
import json
import random
import re
import zipfile
from pathlib import Path

SEED = 20260101
MIB = 1024 * 1024


class Upstream:
    """The folder of the upstream and what is known about it."""

    def __init__(self, root, shared):
        self.root = Path(root)
        self.shared = Path(shared) if shared else None
        self.sha256 = {}
        self.notes = {}

    def path_of(self, filename, folder):
        spread = hashlib.sha256(filename.encode()).hexdigest()
        return f"packages/{folder}/{spread[:2]}/{spread[2:4]}/{filename}"

    def page_bytes(self, project):
        return (self.root / "simple" / project / "index.json").read_bytes()

    def write(self, path, data):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def write_page(self, project, files, versions):
        page = {
            "meta": {"api-version": "1.1"},
            "name": project,
            "versions": versions,
            "files": files,
        }
        self.write(f"simple/{project}/index.json", json.dumps(page).encode())

    def entry(self, path, sha256, size, metadata_sha256):
        entry = {
            "filename": path.rsplit("/", 1)[1],
            "url": "../../" + path,
            "hashes": {"sha256": sha256},
            "requires-python": ">=3.8",
            "size": size,
            "upload-time": "2025-06-01T12:00:00.000000Z",
            "yanked": False,
        }
        if metadata_sha256:
            entry["core-metadata"] = {"sha256": metadata_sha256}
        return entry

    def add_wheel(self, project, version, payload, requires=(), folder="fast"):
        """Writes a sound wheel with its .metadata beside it; returns the page's entry for it."""
        data, metadata = wheel(project, version, payload, requires)
        path = self.path_of(f"{project}-{version}-py3-none-any.whl", folder)
        self.write(path, data)
        self.write(path + ".metadata", metadata)
        digest = hashlib.sha256(data).hexdigest()
        self.sha256[path.rsplit("/", 1)[1]] = digest
        return self.entry(path, digest, len(data), hashlib.sha256(metadata).hexdigest())

    def add_listed_only(self, project, count):
        """A page whose files are listed but not there: enough where only the page is asked for."""
        chance = random.Random(f"{SEED} {project}")
        versions = [f"1.{n}" for n in range(count)]
        files = []
        for version in versions:
            path = self.path_of(f"{project}-{version}-py3-none-any.whl", "fast")
            sha256, metadata = (chance.randbytes(32).hex() for _ in range(2))
            files.append(self.entry(path, sha256, chance.randrange(10_000, 900_000), metadata))
        self.write_page(project, files, versions)


def wheel(project, version, payload, requires):
    lines = ["Metadata-Version: 2.1", f"Name: {project}", f"Version: {version}"]
    lines += ["Requires-Python: >=3.8"] + [f"Requires-Dist: {requirement}" for requirement in requires]
    metadata = ("\n".join(lines) + "\n\nA wheel made for a benchmark.\n").encode()
    tag = b"Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    info = f"{project}-{version}.dist-info"
    members = {f"{project}/__init__.py": b"", f"{project}/data.bin": payload,
               f"{info}/METADATA": metadata, f"{info}/WHEEL": tag}
    members[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*members, f"{info}/RECORD"]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 6, 1, 12, 0, 0)), data)
    return out.getvalue(), metadata


def make(root, shared, rounds):
    """Everything the rows ask for; `rounds` cold files and cold pages, each asked for once only."""
    upstream = Upstream(root, shared)
    upstream.add_listed_only("small", 9)
    add_numpy(upstream)
    for mib in (10, 20):
        name = f"wheel{mib}"
        payload = random.Random(f"{SEED} {name}").randbytes(mib * MIB)
        upstream.write_page(name, [upstream.add_wheel(name, "1.0", payload)], ["1.0"])
    for number in range(rounds):
        name = f"cold{number}"
        payload = random.Random(f"{SEED} {name}").randbytes(20 * MIB)
        upstream.write_page(name, [upstream.add_wheel(name, "1.0", payload, (), "slow")], ["1.0"])
        upstream.add_listed_only(f"coldpage{number}", 450)
    add_universe(upstream)
    names = sorted(path.name for path in (upstream.root / "simple").iterdir())
    listing = {"meta": {"api-version": "1.1"}, "projects": [{"name": name} for name in names]}
    upstream.write("simple/index.json", json.dumps(listing).encode())
    return upstream


def add_numpy(upstream):
    recorded = upstream.shared / "numpy.json" if upstream.shared else None
    if recorded and recorded.is_file():
        text = recorded.read_text()
        text = re.sub(r'"https://[^/"]+/packages/', '"../../packages/', text)
        upstream.write("simple/numpy/index.json", text.encode())
        upstream.notes["numpy page"] = "recorded from a mirror"
    else:
        upstream.add_listed_only("numpy", 4415)
        upstream.notes["numpy page"] = "made up: 4,415 files"


UNIVERSE = 200


def add_universe(upstream):
    """200 projects that need one another: each but the first 20 is needed by an earlier one."""
    chance = random.Random(f"{SEED} universe")
    newest = [chance.randrange(4, 12) for _ in range(UNIVERSE)]
    needs = [[] for _ in range(UNIVERSE)]
    for project in range(20, UNIVERSE):
        for parent in chance.sample(range(project), chance.choice((1, 1, 2, 3))):
            floor = chance.randrange(0, newest[project])
            needs[parent].append((project, f"uni{project:03d}>=1.{floor},<2"))
    for project in range(UNIVERSE):
        name = f"uni{project:03d}"
        versions = [f"1.{number}" for number in range(newest[project] + 1)]
        files = []
        for version in versions:
            payload = chance.randbytes(200)
            files.append(upstream.add_wheel(name, version, payload, [text for _, text in needs[project]]))
        upstream.write_page(name, files, versions)
    upstream.write("requirements.in", "".join(f"uni{n:03d}\n" for n in range(20)).encode())

"""The servers of a run: nginx in three roles, and Wellhead."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from .load import JSON_TYPE, ask
from .processes import LOAD_CORE, SERVER_CORE, Process, Trouble, free_port

NGINX_MISSING = "nginx is not installed: apt-get install nginx-light"

COMMON = """{user}worker_processes 1; daemon off; pid {home}/pid; error_log {home}/error.log;
events {{ worker_connections 16384; }}
http {{
  sendfile on; tcp_nopush on; server_tokens off;
  keepalive_requests 100000000; keepalive_timeout 300s;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  types {{ {json} json; application/octet-stream whl; text/plain metadata; }}
  default_type application/octet-stream;
  {body}
}}
"""

STATIC = """access_log off; open_file_cache max=1000; open_file_cache_valid 600s;
  server {{ listen 127.0.0.1:{port} backlog=8192; root {root}; gzip_static on; index index.json; }}"""

# A rate lets its first second through at once: a cold file of 20 MB takes 1.5 s, a cold page of 190 kB 1 s.
UPSTREAM = """log_format oracle escape=json
    '{{"uri":"$request_uri","method":"$request_method","status":$status,"range":"$http_range"}}';
  access_log {home}/access.log oracle;
  server {{ listen 127.0.0.1:{port} backlog=8192; root {root}; index index.json;
    location /packages/slow/ {{ limit_rate 8m; }}
    location ~ ^/simple/coldpage {{ limit_rate 100k; }} }}"""

CACHE = """access_log off; proxy_cache_path {home}/cache levels=1:2 keys_zone=pages:16m max_size=4g inactive=1h
    use_temp_path=off;
  map $http_accept $form {{ default html; "~json" json; }}
  upstream index {{ server 127.0.0.1:{upstream}; keepalive 16; }}
  server {{ listen 127.0.0.1:{port} backlog=8192;
    location / {{
      proxy_pass http://index; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache pages; proxy_cache_key "$uri|$form"; proxy_cache_valid 200 10m;
      proxy_cache_lock on; proxy_cache_lock_timeout 60s; proxy_cache_lock_age 60s;
      proxy_cache_use_stale error timeout updating http_502; }} }}"""


class Nginx:
    def __init__(self, name, home, cores, body, **values):
        if not shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin"):
            raise Trouble(NGINX_MISSING)
        self.name, self.home, self.port = name, Path(home), free_port()
        self.home.mkdir(parents=True)
        user = "user root; " if os.geteuid() == 0 else ""
        values.update(home=self.home, port=self.port)
        config = COMMON.format(user=user, home=self.home, json=JSON_TYPE, body=body.format(**values))
        (self.home / "nginx.conf").write_text(config)
        command = [shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin"),
                   "-p", str(self.home), "-e", str(self.home / "error.log"),
                   "-c", str(self.home / "nginx.conf")]
        self.process = Process(command, cores, self.home / "out.log")
        wait_until_answers(self, "/", 10)

    def stop(self):
        self.process.stop()


class Oracle(Nginx):
    """The upstream: counts what it is asked."""

    def __init__(self, home, root):
        super().__init__("upstream", home, LOAD_CORE, UPSTREAM, root=root)

    def mark(self):
        return (self.home / "access.log").stat().st_size

    def asked_since(self, mark, path):
        """Requests for a path since the mark; a request is logged when it ends, so wait for quiet."""
        size = -1
        for _ in range(20):
            time.sleep(0.1)
            now = self.mark()
            if now == size:
                break
            size = now
        with open(self.home / "access.log") as log:
            log.seek(mark)
            return [entry for entry in map(json.loads, log) if path is None or entry["uri"] == path]


def static_nginx(home, root):
    return Nginx("nginx static", home, SERVER_CORE, STATIC, root=root)


def caching_nginx(home, upstream):
    return Nginx("nginx proxy_cache", home, SERVER_CORE, CACHE, upstream=upstream.port)


def wait_until_answers(server, path, seconds, status=None):
    """Until any answer comes (or one of the given status); then how long it took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if not server.process.alive():
            raise Trouble(f"{server.name} ended at its start: {server.process.last_words()}")
        try:
            reply = ask(server.port, path, [], 5)
            if status is None or reply.status == status:
                return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.005)
    raise Trouble(f"{server.name} did not answer {path} within {seconds} s: "
                  + server.process.last_words())


class Wellhead:
    """A built copy, started as its users start it: the launcher's own settings, -Xmx256m among them."""

    def __init__(self, launcher, data, upstream, log, cores, seconds=60):
        self.name, self.port = "Wellhead", free_port()
        base = f"http://127.0.0.1:{upstream.port}"
        command = [str(launcher), "serve", "--data", str(data), "--port", str(self.port),
                   "--upstream", base + "/simple/", "--upstream-files", base + "/"]
        self.process = Process(command, cores, log, env=environment())
        try:
            self.start_seconds = wait_until_answers(self, "/readyz", seconds, status=200)
        except Trouble:
            self.stop()
            raise

    def stop(self):
        self.process.stop()


def environment():
    """Ours without any setting of Wellhead, so that the defaults are measured."""
    kept = ("WELLHEAD_JAVA_HOME",)
    return {name: value for name, value in os.environ.items()
            if not name.startswith("WELLHEAD_") or name in kept}


def built_copy(house):
    """Builds where that is needed and returns the launcher of the copy that is shipped: whatever the
    launcher of a checkout does on first use must not be measured."""
    launcher = house / "wellhead"
    if not launcher.exists():
        raise Trouble("there is no launcher ./wellhead in this checkout")
    done = subprocess.run([str(launcher), "version"], cwd=house, env=environment(),
                          capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise Trouble("./wellhead does not build: " + (done.stdout + done.stderr)[-800:])
    shipped = house / "wellhead-server" / "target" / "wellhead" / "wellhead"
    return (shipped if shipped.exists() else launcher), done.stdout.strip()

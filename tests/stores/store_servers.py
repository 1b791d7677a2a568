"""Real stores for the tests: started on loopback with folders of their own, stopped by their process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback needs no proxy


class Server:
    """A store that runs.  url: what `parkgraph load --to` gets.  login: variables for the command."""

    def __init__(
        self,
        command: list[str],
        url: str,
        *,
        login: dict[str, str] | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.url = url
        self.command = command
        self.login = login or {}
        self.environment = environment
        self.start()

    def start(self) -> None:
        """Starts the process and waits until it answers."""
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment,
        )
        try:
            wait_for(self.url, self.process)
        except RuntimeError:
            self.process.kill()  # nobody else would
            raise

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends the process and waits for its end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=60)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until `url` answers anything.  Raises RuntimeError when the process ends, or after three minutes."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            _DIRECT.open(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def oxigraph(folder: Path, port: int | None = None, *, small: str = "") -> Server:
    """An Oxigraph server that keeps its data in `folder`.  Raises LookupError where there is no binary.

    small: give it a disk of its own, of this size (`24m`), which is gone when it ends.  Raises LookupError
    where that is not allowed.
    """
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        raise LookupError("the wheel oxigraph is not installed")
    bind = f"127.0.0.1:{port or free_port()}"
    command = [str(binary), "serve", "-l", str(folder), "-b", bind]
    if small:
        # A mount in a name space of the server's own: no root is needed, and nobody else sees it.
        alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
        mount = f"mount -t tmpfs -o size={small} tmpfs {folder}"
        if not shutil.which("unshare") or subprocess.run([*alone, mount], capture_output=True).returncode:
            raise LookupError("no disk of its own can be mounted here (unshare, tmpfs)")
        command = [*alone, f'{mount} && exec "$@"', "sh", *command]
    return Server(command, f"http://{bind}")


# --- what `make test-stores` fetches ----------------------------------------

FUSEKI = "5.6.0"  # the last line that runs on Java 17
RDF4J, JETTY = "5.0.3", "9.4.58.v20250814"  # both run on Java 17
FEDX = "5.1.2"
PACKAGES = ("virtuoso-opensource-7-bin", "libminizip1", "libpcre3")
STORES = Path(os.environ.get("PARKGRAPH_STORES") or Path(__file__).resolve().parents[2] / ".stores")
"""Where the fetched servers are."""


def jar() -> Path:
    """Where Fuseki is."""
    return STORES / f"jena-fuseki-server-{FUSEKI}.jar"


def war() -> Path:
    """Where RDF4J Server is; the servlet container lies beside it."""
    return STORES / f"rdf4j-http-server-{RDF4J}.war"


def fedx_libraries() -> Path:
    """The folder of the libraries of FedX.  Raises LookupError where they are not."""
    folder = STORES / f"fedx-{FEDX}"
    if not any(folder.glob("*.jar")):
        raise _not_fetched("FedX")
    return folder


def _virtuoso_binary() -> Path:
    return STORES / "virtuoso" / "usr" / "bin" / "virtuoso-t"


def fetch() -> dict[str, str]:
    """Fetches Fuseki, RDF4J (Maven Central) and Virtuoso (Debian) into STORES, once.

    Gives what cannot be had → the reason, and keeps it for the tests that are skipped then.
    """
    STORES.mkdir(exist_ok=True)
    wanted = {
        "Fuseki": (jar(), lambda: _fetch_java(f"org.apache.jena:jena-fuseki-server:{FUSEKI}")),
        "RDF4J": (
            war(),
            lambda: _fetch_java(
                f"org.eclipse.jetty:jetty-runner:{JETTY}", f"org.eclipse.rdf4j:rdf4j-http-server:{RDF4J}:war"
            ),
        ),
        "Virtuoso": (_virtuoso_binary(), _fetch_virtuoso),
        "FedX": (STORES / f"fedx-{FEDX}" / f"rdf4j-tools-federation-{FEDX}.jar", _fetch_fedx),
    }
    missing = {}
    for name, (file, fetch_it) in wanted.items():
        reason = None if file.exists() else fetch_it()
        if reason:
            missing[name] = reason
    _reasons().write_text(json.dumps(missing))
    return missing


def _reasons() -> Path:
    return STORES / "missing.json"


def _not_fetched(name: str) -> LookupError:
    known = json.loads(_reasons().read_text()) if _reasons().exists() else {}
    return LookupError(f"{name} is not here: {known.get(name, 'make test-stores fetches it')}")


def _fetch_java(*artifacts: str) -> str | None:
    if not shutil.which("mvn"):
        return "there is no mvn to fetch it with"
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
    where = f"-DoutputDirectory={STORES}"
    tried = (_ran(["mvn", "-q", "-B", goal, f"-Dartifact={artifact}", where]) for artifact in artifacts)
    return next(filter(None, tried), None)


def _fetch_fedx() -> str | None:
    if not shutil.which("mvn"):
        return "there is no mvn to fetch it with"
    wanted = (
        f"<dependency><groupId>org.eclipse.rdf4j</groupId><artifactId>rdf4j-tools-federation</artifactId>"
        f"<version>{FEDX}</version></dependency>"
    )
    project = STORES / "fedx.pom.xml"
    project.write_text(
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>parkgraph</groupId><artifactId>fedx</artifactId><version>1</version>"
        f"<dependencies>{wanted}</dependencies></project>\n"
    )
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
    where = f"-DoutputDirectory={STORES}/fedx-{FEDX}"
    return _ran(["mvn", "-q", "-B", "-f", str(project), goal, where, "-DincludeScope=runtime"])


def _fetch_virtuoso() -> str | None:
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return "there is no apt-get and dpkg to fetch it with"
    if _ran(["apt-get", "download", *PACKAGES]):
        # Nobody has updated the lists yet; lists of one's own need no root.
        for folder in ("lists/partial", "archives/partial"):
            (STORES / "apt" / folder).mkdir(parents=True, exist_ok=True)
        own = ["-o", f"Dir::State::lists={STORES}/apt/lists", "-o", f"Dir::Cache={STORES}/apt"]
        own += ["-o", "APT::Sandbox::User="]
        failed = _ran(["apt-get", *own, "update"]) or _ran(["apt-get", *own, "download", *PACKAGES])
        if failed:
            return failed
    for package in sorted(STORES.glob("*.deb")):  # unpacked, not installed: no root, no service
        subprocess.run(["dpkg", "-x", str(package), str(STORES / "virtuoso")], check=True)
    return None


def _ran(command: list[str]) -> str | None:
    """Why the command did not do what it should; None when it did."""
    try:
        done = subprocess.run(command, cwd=STORES, capture_output=True, text=True, timeout=180)
    except subprocess.TimeoutExpired:
        return f"{command[0]} took longer than three minutes"
    if done.returncode == 0:
        return None
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return f"{command[0]} ended with {done.returncode}" + (f" ({said[-1]})" if said else "")


def fuseki(folder: Path) -> Server:
    """A Fuseki with one TDB2 data set in `folder`.  Raises LookupError where it cannot be had."""
    java = shutil.which("java")
    if java is None:
        raise LookupError("Fuseki needs Java 17, and there is no java")
    if not jar().exists():
        raise _not_fetched("Fuseki")
    port = free_port()
    options = ["--localhost", "--port", str(port), "--tdb2", f"--loc={folder}", "--update", "/ds"]
    own = {**os.environ, "FUSEKI_BASE": f"{folder}-run"}  # otherwise it writes below where tests are started
    command = [java, "-Xmx1g", "-jar", str(jar()), *options]
    return Server(command, f"http://127.0.0.1:{port}/ds", environment=own)


def rdf4j(folder: Path) -> Server:
    """An RDF4J Server with a repository in `folder`.  Raises LookupError where it cannot be had."""
    java = shutil.which("java")
    if java is None:
        raise LookupError("RDF4J needs Java 17, and there is no java")
    if not war().exists():
        raise _not_fetched("RDF4J")
    port = free_port()
    own = [f"-Dorg.eclipse.rdf4j.appdata.basedir={folder}", f"-Djava.io.tmpdir={folder}"]
    runner = ["-jar", str(STORES / f"jetty-runner-{JETTY}.jar"), "--host", "127.0.0.1", "--port", str(port)]
    command = [java, "-Xmx1g", *own, *runner, "--path", "/rdf4j-server", str(war())]
    server = Server(command, f"http://127.0.0.1:{port}/rdf4j-server")
    server.url += "/repositories/parks"
    made = urllib.request.Request(
        server.url, _REPOSITORY.encode(), {"Content-Type": "text/turtle"}, method="PUT"
    )
    _DIRECT.open(made, timeout=60).close()
    return server


_REPOSITORY = """@prefix config: <tag:rdf4j.org,2023:config/> .
[] a config:Repository ; config:rep.id "parks" ; config:rep.impl [ config:rep.type "openrdf:SailRepository" ;
    config:sail.impl [ config:sail.type "openrdf:NativeStore" ; config:native.tripleIndexes "spoc,posc" ] ] .
"""


def virtuoso(folder: Path) -> Server:
    """A Virtuoso with its data base in `folder`.  Raises LookupError where it cannot be had."""
    root, binary = STORES / "virtuoso", _virtuoso_binary()
    if not binary.exists():
        raise _not_fetched("Virtuoso")
    libraries = f"{root}/usr/lib/x86_64-linux-gnu:{root}/lib/x86_64-linux-gnu"
    env = {**os.environ, "LD_LIBRARY_PATH": libraries}
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, sql=sql, http=http))
    password = os.urandom(12).hex()
    command = [str(binary), "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    login = {"PARKGRAPH_STORE_USER": "dba", "PARKGRAPH_STORE_PASSWORD": password}
    server = Server(command, f"http://127.0.0.1:{http}", login=login, environment=env)
    isql = [str(binary.with_name("isql-vt")), f"127.0.0.1:{sql}", "dba", "dba"]
    change = [*isql, f"exec=user_set_password('dba', '{password}');"]
    try:
        subprocess.run(change, env=env, check=True, timeout=60, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        server.stop()
        raise
    return server


_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
ServerThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 10000
"""


if __name__ == "__main__":
    for name, reason in fetch().items():
        print(f"{name}: {reason}", file=sys.stderr)

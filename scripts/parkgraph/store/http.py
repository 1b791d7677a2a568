"""HTTP with a store: logins, retries of what may be repeated, a limit of time, clear errors."""

from __future__ import annotations

import base64
import getpass
import netrc
import os
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import tenacity

from parkgraph import __version__
from parkgraph.errors import Remote, Unreadable, Usage
from parkgraph.messages import Quoted, Text, _

ATTEMPTS = 5
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0
"""Seconds between attempts; doubled each time, with some chance."""

_AGAIN = {408, 429, 500, 502, 503, 504}
_UNTOUCHED = {429, 503}  # the server says that it has not begun
_UNKNOWN = {502, 504}  # a gateway says that it does not know

USER, PASSWORD, TOKEN = "PARKGRAPH_STORE_USER", "PARKGRAPH_STORE_PASSWORD", "PARKGRAPH_STORE_TOKEN"

Parameters = Sequence[tuple[str, str]]


class Answer(NamedTuple):
    """What the server said.  headers: names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Failed(Remote):
    """A call that failed.

    status: of HTTP, 0 without an answer.  passing: it may be over soon.  begun: the server may have begun.
    wait: seconds that it asks to wait.
    """

    status = 0
    passing = False
    begun = True
    wait = 0.0


class Refused(Failed):
    """The server answered, and its answer is no."""


class Uncertain(Failed):
    """No answer came in time or whole: the server may or may not have done what it was asked."""


class Login(httpx.Auth):
    """Adds the credentials to a request: a token at once, user and password once the server has said
    whether it wants Basic or Digest.

    secrets: what no message may hold.
    """

    def __init__(self, user: str = "", password: str = "", token: str = "") -> None:
        encoded = base64.b64encode(f"{user}:{password}".encode()).decode() if password else ""
        self.secrets = [secret for secret in (password, token, encoded) if secret]
        self.known = bool(user or token)
        self._user, self._password, self._token = user, password, token
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Called by httpx for every request."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
            return
        if self._chosen is None:
            response = yield request
            if response.status_code != 401 or not self.known:
                return
            wanted = response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in wanted else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)


def find_login(host: str, user: str | None = None) -> Login:
    """The login for `host`.  user: ask for this user's password on the terminal.

    Otherwise $PARKGRAPH_STORE_TOKEN, then $PARKGRAPH_STORE_USER and $PARKGRAPH_STORE_PASSWORD, then the
    host's own entry in $NETRC or ~/.netrc, else nobody.  Raises Usage, Unreadable.
    """
    if user is not None:
        if os.environ.get(PASSWORD):
            return Login(user, os.environ[PASSWORD])
        if not sys.stdin.isatty():
            raise Usage(
                _("no terminal to ask for the password on"),
                fix=_("put it into {password} or into ~/.netrc", password=PASSWORD),
            )
        return Login(user, getpass.getpass(f"{user}@{host}: "))
    if os.environ.get(TOKEN):
        return Login(token=os.environ[TOKEN])
    if os.environ.get(USER):
        return Login(os.environ[USER], os.environ.get(PASSWORD, ""))
    # Not httpx.NetRCAuth: it knows no Digest, and gives the entry `default` to every host.
    given = os.environ.get("NETRC")
    file = Path(given).expanduser() if given else Path.home() / ".netrc"
    if not given and not file.exists():
        return Login()
    try:
        entry = netrc.netrc(str(file)).hosts.get(host)
    except (OSError, netrc.NetrcParseError) as error:
        # The parser's own message may quote the line, and with it the password.
        line = error.lineno if isinstance(error, netrc.NetrcParseError) else None
        raise Unreadable(_("not a readable netrc file"), file=file, line=line) from None
    return Login(entry[0], entry[2] or "") if entry else Login()


def is_local(url: str) -> bool:
    """Whether the URL is this machine's own, so that what is sent to it leaves no machine."""
    return (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")


class Http:
    """One server.  timeout: seconds for one call, answer included.  Use as a context."""

    def __init__(self, base: str, login: Login, *, timeout: float) -> None:
        self.base = base
        self.timeout = timeout
        self.login = login
        self._client = httpx.Client(
            auth=login,
            timeout=httpx.Timeout(timeout, connect=min(10.0, timeout)),
            follow_redirects=False,  # it would send the body, and maybe the login, to another host
            trust_env=not is_local(base),
            headers={"User-Agent": f"parkgraph/{__version__}"},
        )

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Parameters = (),
        form: Parameters = (),
        body: bytes = b"",
        headers: Mapping[str, str] = {},
        repeatable: bool = True,
    ) -> Answer:
        """Sends one request and reads the whole answer.

        form: sent as a body of form fields.  repeatable: doing it twice is doing it once, so it is tried
        again after a passing failure. What the server has surely not begun is always tried again.
        Raises Refused for an answer other than 2xx, Uncertain when it cannot be known what the server did,
        Remote for everything else.
        """
        target = httpx.URL(url).copy_merge_params(list(params)) if params else httpx.URL(url)
        if form:
            body = str(httpx.QueryParams(list(form))).encode()
            headers = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(
                lambda one: isinstance(one, Failed) and one.passing and (repeatable or not one.begun)
            ),
            stop=tenacity.stop_after_attempt(ATTEMPTS) | tenacity.stop_after_delay(self.timeout),
            wait=_pause,
            reraise=True,
        )
        return retrying(self._exchange, method, target, body, headers)

    def _exchange(self, method: str, target: httpx.URL, body: bytes, headers: Mapping[str, str]) -> Answer:
        begun = time.monotonic()
        try:
            with self._client.stream(method, target, content=body, headers=dict(headers)) as response:
                held = bytearray()
                for piece in response.iter_bytes():
                    held += piece
                    if time.monotonic() - begun > self.timeout:
                        raise self._late()
                answer = Answer(response.status_code, response.headers, bytes(held))
        except httpx.ConnectTimeout:
            raise self._unreachable(_("no answer")) from None
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.ConnectError as error:
            raise self._unreachable(Quoted(self._plain(str(error)))) from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            # The answer broke off; httpx knows from its length or its last chunk.
            said = Quoted(self._plain(str(error)) or type(error).__name__)
            broken = Uncertain(_("{base}: the connection broke: {said}", base=self.base, said=said))
            broken.passing = True
            raise broken from None
        if not 200 <= answer.status < 300:
            raise self._refused(answer)
        return answer

    def _refused(self, answer: Answer) -> Failed:
        said = self._plain(answer.body.decode("utf-8", "replace"))
        base, status, fix = self.base, answer.status, None
        if status in (401, 403):
            message = (
                _("{base} refuses this login ({status})", base=base, status=status)
                if self.login.known
                else _("{base} refuses access without a login ({status})", base=base, status=status)
            )
            fix = _(
                "credentials come from PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, "
                "PARKGRAPH_STORE_TOKEN, ~/.netrc or --user"
            )
        elif 300 <= status < 400:
            there = self._plain(answer.headers.get("location", "?"))
            message = _("{base} redirects to {there}: refused", base=base, there=there)
            fix = _("give the address of the store itself")
        elif said:
            message = _("{base} answered {status}: {said}", base=base, status=status, said=Quoted(said))
        else:
            message = _("{base} answered {status}", base=base, status=status)
        error = Uncertain(message) if status in _UNKNOWN else Refused(message, fix=fix)
        asked = answer.headers.get("retry-after", "")
        error.status, error.passing, error.begun = status, status in _AGAIN, status not in _UNTOUCHED
        error.wait = float(asked) if asked.isdecimal() else 0.0
        return error

    def _plain(self, said: str) -> str:
        """The beginning of what a server said, on one line, without any secret it repeats."""
        for secret in self.login.secrets:
            said = said.replace(secret, "***")
        line = " ".join("".join(char if char.isprintable() else " " for char in said).split())
        return line[:200]

    def _late(self) -> Failed:
        return Uncertain(
            _("{base} took longer than {timeout:g} s", base=self.base, timeout=self.timeout),
            fix=_("allow more with --timeout"),
        )

    def _unreachable(self, said: Text) -> Failed:
        error = Failed(
            _("{base} cannot be reached: {said}", base=self.base, said=said),
            fix=_("is the server running, and is this its address?"),
        )
        error.passing, error.begun = True, False
        return error


def _pause(state: tenacity.RetryCallState) -> float:
    """As long as the server asked for, else the first pause, doubled each time, with some chance."""
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.wait if isinstance(failure, Failed) else 0.0
    backed_off = tenacity.wait_random_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE)(state)
    return min(max(asked, backed_off), LONGEST_PAUSE)

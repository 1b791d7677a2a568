"""HTTP with a store: retries of what may be repeated, limits of time, redirects, clear errors."""

from __future__ import annotations

import io
import math
import os
import time
from collections.abc import Mapping, Sequence
from typing import IO, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx
import tenacity

from parkgraph import __version__
from parkgraph.errors import Remote, Usage
from parkgraph.messages import _
from parkgraph.store.login import Login

ATTEMPTS = 5
_AGAIN = {408, 429, 500, 502, 503, 504}
_UNTOUCHED = {429, 503}  # the server says that it has not begun
_UNKNOWN = {502, 504}  # a gateway says that it does not know
_LONGEST_WAIT = 20.0  # seconds
BACKOFF = "PARKGRAPH_STORE_BACKOFF"
"""Variable: seconds of the first pause before a call is tried again; 0.2 without it."""
_REDIRECTS = 5

Parameters = Sequence[tuple[str, str]]


class Answer(NamedTuple):
    """What the server said.  headers: names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Refused(Remote):
    """The server answered, and its answer is no.  status: of HTTP."""

    status = 0


class Uncertain(Remote):
    """No answer came in time or whole: the server may or may not have done what it was asked."""


class _Passing(Exception):
    """A failure that may be over soon.

    untouched: the server has surely not begun.  wait: seconds that it asked for.
    """

    def __init__(self, error: Remote, *, untouched: bool, wait: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.untouched = untouched
        self.wait = wait


def is_local(url: str) -> bool:
    """Whether the URL is this machine's own, so that what is sent to it leaves no machine."""
    return (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")


class Http:
    """One server.  timeout: seconds for one call, answer included.  Use as a context."""

    def __init__(self, base: str, login: Login, *, timeout: float) -> None:
        self.base = base
        self.timeout = timeout
        self._backoff = _backoff()
        self._login = login
        self._client = httpx.Client(
            auth=login,
            timeout=httpx.Timeout(timeout, connect=min(10.0, timeout)),
            follow_redirects=False,  # it would send the body, and maybe the login, to another host
            trust_env=not is_local(base),
            headers={"User-Agent": f"parkgraph/{__version__}"},
        )

    @property
    def login_known(self) -> bool:
        """Whether there are credentials to send."""
        return self._login.known

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
        into: IO[bytes] | None = None,
    ) -> Answer:
        """Sends one request and reads the whole answer.

        form: sent as a body of form fields.  repeatable: doing it twice is doing it once, so it is tried
        again after a passing failure.  into: an empty file for the body of a 2xx answer, which may be long.
        What the server has surely not begun is always tried again.
        Raises Refused for an answer other than 2xx, Uncertain when it cannot be known what the server did,
        Remote for everything else.
        """
        content = str(httpx.QueryParams(list(form))).encode() if form else body
        sent = dict(headers)
        if form:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        query = httpx.QueryParams(list(params)) if params else None

        def once() -> Answer:
            return self._once(method, url, query, content, sent, into)

        def may_repeat(failure: BaseException) -> bool:
            return isinstance(failure, _Passing) and (repeatable or failure.untouched)

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(may_repeat),
            stop=tenacity.stop_after_attempt(ATTEMPTS) | tenacity.stop_after_delay(self.timeout),
            wait=self._wait,
            reraise=True,
        )
        try:
            return retrying(once)
        except _Passing as passing:
            raise passing.error from None

    def _once(
        self,
        method: str,
        url: str,
        query: httpx.QueryParams | None,
        content: bytes,
        headers: Mapping[str, str],
        into: IO[bytes] | None,
    ) -> Answer:
        begun = time.monotonic()
        target = httpx.URL(url) if query is None else httpx.URL(url).copy_merge_params(query)
        for __ in range(_REDIRECTS):
            answer = self._exchange(method, target, content, headers, begun, into)
            if answer.status not in (301, 302, 303, 307, 308):
                break
            target = self._redirected(target, answer)
        if answer.status in _AGAIN:
            said: Remote = self._refused(answer)
            if answer.status in _UNKNOWN:
                said = Uncertain(said.message, fix=said.fix)
            raise _Passing(said, untouched=answer.status in _UNTOUCHED, wait=_retry_after(answer))
        if not 200 <= answer.status < 300:
            raise self._refused(answer)
        return answer

    def _exchange(
        self,
        method: str,
        target: httpx.URL,
        content: bytes,
        headers: Mapping[str, str],
        begun: float,
        into: IO[bytes] | None,
    ) -> Answer:
        try:
            with self._client.stream(method, target, content=content, headers=dict(headers)) as response:
                body = io.BytesIO()
                file = into if into is not None and response.is_success else body
                file.seek(0)
                file.truncate()  # an attempt before this one may have broken off
                for piece in response.iter_bytes():
                    file.write(piece)
                    if time.monotonic() - begun > self.timeout:
                        raise self._late()
                return Answer(response.status_code, response.headers, body.getvalue())
        except httpx.ConnectTimeout:
            raise _Passing(self._unreachable("no answer"), untouched=True) from None
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.ConnectError as error:
            raise _Passing(self._unreachable(self._plain(str(error))), untouched=True) from None
        except (httpx.TransportError, httpx.DecodingError) as error:
            # The answer broke off; httpx knows from its length or its last chunk.
            said = self._plain(str(error)) or type(error).__name__
            broken = _("{base}: the connection broke: {said}", base=self.base, said=said)
            raise _Passing(Uncertain(broken), untouched=False) from None

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """As long as the server asked for, else the first pause, doubled each time, with some chance."""
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.wait if isinstance(failure, _Passing) else 0.0
        backed_off = tenacity.wait_random_exponential(multiplier=self._backoff, max=_LONGEST_WAIT)(state)
        return min(max(asked, backed_off), _LONGEST_WAIT)

    def _redirected(self, target: httpx.URL, answer: Answer) -> httpx.URL:
        there = httpx.URL(urljoin(str(target), answer.headers.get("location", "")))
        if (there.scheme, there.host, there.port) != (target.scheme, target.host, target.port):
            raise Remote(
                _("{base} redirects to another server, {host}: refused", base=self.base, host=there.host),
                fix=_("give the address of the store itself"),
            )
        return there

    def _refused(self, answer: Answer) -> Refused:
        said = self._plain(answer.body.decode("utf-8", "replace"))
        if answer.status in (401, 403):
            known = self._login.known
            error = Refused(
                _("{base} refuses this login ({status})", base=self.base, status=answer.status)
                if known
                else _(
                    "{base} refuses access without a login ({status})", base=self.base, status=answer.status
                ),
                fix=_(
                    "credentials come from PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, "
                    "PARKGRAPH_STORE_TOKEN, ~/.netrc or --user"
                ),
            )
        else:
            error = Refused(
                _("{base} answered {status}: {said}", base=self.base, status=answer.status, said=said)
                if said
                else _("{base} answered {status}", base=self.base, status=answer.status)
            )
        error.status = answer.status
        return error

    def _plain(self, said: str) -> str:
        """The beginning of what a server said, on one line, without any secret it repeats."""
        for secret in self._login.secrets:
            said = said.replace(secret, "***")
        line = " ".join("".join(char if char.isprintable() else " " for char in said).split())
        return line[:200]

    def _late(self) -> Remote:
        return Uncertain(
            _("{base} took longer than {timeout:g} s", base=self.base, timeout=self.timeout),
            fix=_("allow more with --timeout"),
        )

    def _unreachable(self, said: str) -> Remote:
        return Remote(
            _("{base} cannot be reached: {said}", base=self.base, said=said),
            fix=_("is the server running, and is this its address?"),
        )


def _backoff() -> float:
    """Seconds of the first pause.  Raises Usage."""
    given = os.environ.get(BACKOFF, "0.2")
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise Usage(_("{backoff} is no number of seconds: {given!r}", backoff=BACKOFF, given=given))
    return seconds


def _retry_after(answer: Answer) -> float:
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdecimal() else 0.0

"""Who asks: credentials from the environment, a netrc file or a prompt; never from arguments, never shown."""

from __future__ import annotations

import base64
import getpass
import netrc
import os
import sys
from collections.abc import Generator
from pathlib import Path

import httpx

from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _

USER, PASSWORD, TOKEN = "PARKGRAPH_STORE_USER", "PARKGRAPH_STORE_PASSWORD", "PARKGRAPH_STORE_TOKEN"


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
    return _from_netrc(host)


def _from_netrc(host: str) -> Login:
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

"""Deciding on a draft in the browser and over HTTP: a decision is saved at once, and by this page alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from parkgraph.cli.app import run

expect = pytest.importorskip("playwright.sync_api").expect

ARTICLE = Path(__file__).parents[1] / "draft" / "development" / "kunming-weekly.txt"
SLOW = 60_000


@pytest.fixture(scope="module")
def root(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the graph with a proposal."""
    folder = tmp_path_factory.mktemp("drafted")
    for part in ("ontology", "kg", "queries"):
        shutil.copytree(real_root / part, folder / part)
    shutil.copy(ARTICLE, folder)
    proposal = folder / "proposal"
    assert run(["--root", str(folder), "draft", str(folder / ARTICLE.name), "-o", str(proposal)]) == 0
    (folder / "blank.txt").write_text(file_of(folder).read_text("utf-8"), "utf-8")
    return folder


def file_of(root: Path) -> Path:
    """The file of decisions."""
    return root / "proposal" / f"{ARTICLE.stem}.decisions.txt"


def block(root: Path, id_: str) -> str:
    """What the file says of one item."""
    content = file_of(root).read_text("utf-8")
    return content[content.index(f"[{id_}") :].split("\n\n")[0]


@pytest.fixture(scope="module")
def client(root: Path, new_server: Callable[..., Any]) -> Iterator[httpx.Client]:
    """A client of the server of this draft."""
    with new_server(root, "--draft", str(root / "proposal")) as found:
        yield found


@pytest.fixture
def undecided(root: Path) -> Path:
    """The same, with nothing decided."""
    file_of(root).write_text((root / "blank.txt").read_text("utf-8"), "utf-8")
    return root


FIRM = "Enterprise 云岭数据服务有限公司"


def posted(client: httpx.Client, change: dict[str, Any], **headers: str) -> httpx.Response:
    """A decision on the firm, as the page sends it."""
    origin = str(client.base_url).rstrip("/")
    token = client.get("/draft/state").json()["token"]
    body = {"id": FIRM, "decision": "yes", "fields": {"en": "Yunling Data"}, "out": [], **change}
    return client.post(
        "/draft/decide", json=body, headers={"Origin": origin, "X-Draft-Token": token} | headers
    )


def test_a_decision_is_in_the_file_at_once_and_what_was_written_by_hand_stays(client, undecided) -> None:
    content = file_of(undecided).read_text("utf-8")
    file_of(undecided).write_text(content.replace("decide: ?", "decide: no", 1), "utf-8")
    answer = posted(client, {})
    assert answer.status_code == 200 and answer.json()["decision"] == "yes"
    assert "decide: yes\n" in block(undecided, FIRM) and "en: Yunling Data\n" in block(undecided, FIRM)
    assert file_of(undecided).read_text("utf-8").count("decide: no") == 1
    text = client.get("/draft/state").json()
    assert text["text"] == ARTICLE.read_text("utf-8")
    (firm,) = [one for one in text["items"] if one["id"] == FIRM]
    place = firm["spans"][0]
    assert text["text"][place["start"] : place["end"]] == place["text"] == "云岭数据服务有限公司"
    assert firm["kind"] == "enterprise"
    assert client.get("/draft/state?lang=zh").json()["words"]["undo"] == "撤销"
    policy = client.get("/draft").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "access-control-allow-origin" not in client.get("/draft/state").headers


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        ({}, {"Origin": "http://evil.example"}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"X-Draft-Token": "guessed"}, 403),
        ({}, {"Host": "evil.example"}, 403),
        ({"id": "nothing"}, {}, 400),
        ({"decision": "maybe"}, {}, 400),
        ({"decision": "same as enterprise:nobody"}, {}, 409),
        ({"fields": {"en": "x\ndecide: yes"}}, {}, 400),
        ({"fields": {"sha256": "x"}}, {}, 400),
        ({"out": ["no part"]}, {}, 400),
        ({"out": 3}, {}, 400),
        ({"fields": {"en": "x" * 70_000}}, {}, 413),
    ],
)
def test_what_is_no_decision_of_the_page_changes_nothing(client, undecided, change, headers, status) -> None:
    before = file_of(undecided).read_bytes()
    answer = posted(client, change, **headers)
    assert answer.status_code == status and answer.json()["said"]
    assert file_of(undecided).read_bytes() == before


def test_another_name_for_this_machine_sees_nothing(client) -> None:
    for path in ("/draft", "/draft/state"):
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--host", "0.0.0.0", "--draft", "proposal"], 2, "for this machine alone"),
        (["--draft", "kg"], 2, "no decisions of a draft"),
        (["--draft", "kg/park.ttl"], 3, "which text it is of"),
    ],
)
def test_what_cannot_be_served_is_told(root, capfd, monkeypatch, words, code, said) -> None:
    monkeypatch.chdir(root)
    assert run(["--root", str(root), "--lang", "en", "serve", *words]) == code
    assert said in capfd.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_article_is_decided_on_by_keyboard(client, undecided, opened, lang) -> None:
    page = opened(f"{client.base_url}/draft?lang={lang}")
    page.wait_for_selector("mark.now", timeout=SLOW)
    assert page.locator("html").get_attribute("lang") == lang
    card = page.locator("aside")

    def to(part: str) -> None:
        for __ in range(30):
            if part in card.inner_text():
                return
            page.keyboard.press("j")
        pytest.fail(part)

    to("云岭数据服务有限公司")
    page.keyboard.press("y")  # it lacks its English, so the cursor goes there
    expect(page.locator("#field-en")).to_be_focused()
    page.keyboard.type("Yunling Data")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text({"zh": "已保存", "en": "Saved"}[lang])
    assert page.locator("mark.is-yes").first.inner_text() == "云岭数据服务有限公司"

    to("企业 @")
    page.keyboard.press("y")
    expect(card).not_to_contain_text("企业 @")  # it lacks nothing, so the next one is shown
    assert "decide: yes\n" in block(undecided, FIRM) and "en: Yunling Data\n" in block(undecided, FIRM)
    list_id = next(re.finditer(r"\[(list .*)\]", file_of(undecided).read_text("utf-8")))[1]
    assert "decide: yes\n" in block(undecided, list_id)
    page.keyboard.press("u")
    expect(card).to_contain_text("企业 @")
    expect(page.locator("#key-x")).to_have_attribute("aria-pressed", "true")
    assert "decide: ?\n" in block(undecided, list_id)

    page.click("mark:has-text('131.2亿元')")
    page.keyboard.press("n")
    expect(page.locator("mark.is-no")).to_have_text(["131.2亿元"])
    assert "decide: no\n" in block(undecided, "figure 131.2亿元")
    page.close()
    page = opened(f"{client.base_url}/draft?lang={lang}")  # nothing is lost when it is closed
    page.wait_for_selector("mark.is-no", timeout=SLOW)
    assert page.locator("mark.is-no").all_inner_texts() == ["131.2亿元"]


def test_a_known_thing_is_named_by_a_digit_and_parts_are_left_out(client, undecided, opened) -> None:
    page = opened(f"{client.base_url}/draft?lang=en")
    page.wait_for_selector("mark.now", timeout=SLOW)
    page.click("mark:has-text('昆药集团')")
    box = page.locator(".parts label", has_text="昆药集团").locator("input")
    box.uncheck()
    expect(page.get_by_role("status")).to_have_text("Saved")
    assert re.search(r"^- \S+  \| 昆药集团", block(undecided, "known"), re.M)
    page.click("mark:has-text('云岭大数据中心项目')")
    page.fill("aside .near input", "project:kaikun-manufacturing-park")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.is-yes")
    assert "decide: same as project:kaikun-manufacturing-park" in block(
        undecided, "Project 云岭大数据中心项目"
    )
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("mark.is-yes")).to_have_count(0)
    assert "decide: ?" in block(undecided, "Project 云岭大数据中心项目")

"""The pages in a browser: with and without scripts, by keyboard, in both languages and colour schemes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import parkgraph
import pytest
from parkgraph.web.site import Site

KINDS = {
    "home": "index.html",
    "thing": "id/place/kunming-high-tech-zone.html",
    "class": "ontology/class/Project.html",
    "question": "question/projects-serving-industry.html",
    "questions": "questions.html",
    "article": "source/kunming-daily-2018-06-20.html",
    "search": "search.html",
    "sparql": "sparql.html",
    "graph": "graph.html",
    "indicators": "indicators.html",
    "open": "open.html",
    "ontology": "ontology.html",
    "about": "about.html",
}
ENGLISH = pytest.param("en", marks=pytest.mark.slow)
REST_OF_SIGHT = (("zh", "dark"), ("en", "light"), ("en", "dark"))
FEW = (
    "projects-serving-industry", "indicators-by-period", "open-questions", "facts-not-stated",
    "progress-of-projects", "figures-as-data-cube", "parks-above-threshold", "industry-scheme",
)  # fmt: skip
SLOW = 180_000  # milliseconds that a busy machine may need

Open = Callable[..., Any]


def answer_of(page: Any) -> Any:
    """What the page downloads as SPARQL JSON, or Turtle."""
    format = "json" if page.locator("#downloads a[data-format=json]").count() else "ttl"
    with page.expect_download(timeout=SLOW) as download:
        page.click(f"#downloads a[data-format={format}]")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return json.loads(text) if format == "json" else text


def by_command(graph: parkgraph.api.Graph, name: str, lang: Any, **parameters: Any) -> Any:
    """The same of `parkgraph ask`."""
    answer = graph.ask(name, lang=lang, **parameters)
    if answer.kind == "triples":
        return {tuple(map(str, row)) for row in answer.terms}
    from parkgraph.web.data import rendered

    return json.loads(rendered(answer, "json"))


def compare(graph: parkgraph.api.Graph, page: Any, name: str, lang: str, **parameters: Any) -> None:
    """Cell by cell, in the same order."""
    found, wanted = answer_of(page), by_command(graph, name, lang, **parameters)
    if isinstance(wanted, set):
        import pyoxigraph

        parsed = pyoxigraph.parse(found, pyoxigraph.RdfFormat.TURTLE)
        assert {tuple(map(str, (quad.subject, quad.predicate, quad.object))) for quad in parsed} == wanted
    else:
        assert found == wanted


@pytest.mark.parametrize("lang", ["zh", ENGLISH])
@pytest.mark.parametrize("name", FEW)
def test_a_question_gives_in_the_browser_what_the_command_gives(
    hosted: str, opened: Open, graph: parkgraph.api.Graph, name: str, lang: str
) -> None:
    page = opened(f"{hosted}/{lang}/question/{name}.html")
    compare(graph, page, name, lang)


@pytest.mark.slow
def test_every_question_in_both_languages(hosted: str, opened: Open, graph: parkgraph.api.Graph) -> None:
    for question in graph.questions():
        for lang in ("zh", "en"):
            page = opened(f"{hosted}/{lang}/question/{question.id}.html")
            compare(graph, page, question.id, lang)
            page.close()


def test_other_parameters_are_asked_and_stand_in_the_link(
    hosted: str, opened: Open, graph: parkgraph.api.Graph
) -> None:
    page = opened(f"{hosted}/zh/question/projects-serving-industry.html")
    page.select_option("#p-industry", "industry:metal-new-materials")
    page.click("#ask button")
    page.locator("#status:has-text('毫秒')").wait_for(timeout=SLOW)
    assert "industry=industry%3Ametal-new-materials" in page.url
    compare(graph, page, "projects-serving-industry", "zh", industry="industry:metal-new-materials")
    again = opened(page.url)  # the link asks the same
    again.locator("#status:has-text('毫秒')").wait_for(timeout=SLOW)
    compare(graph, again, "projects-serving-industry", "zh", industry="industry:metal-new-materials")


def test_a_value_that_is_none_is_told_beside_its_field(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/question/parks-above-threshold.html")
    page.fill("#p-threshold", '1 } DELETE { "')
    page.click("#ask button")
    assert "number" in page.inner_text("#e-threshold")


@pytest.mark.parametrize("lang", ["zh", ENGLISH])
def test_every_kind_of_page_has_its_content_without_scripts(hosted: str, opened: Open, lang: str) -> None:
    for kind, path in KINDS.items():
        page = opened(f"{hosted}/{lang}/{path}", java_script_enabled=False)
        assert page.locator("h1").count() == 1, kind
        assert len(page.inner_text("main")) > 200, kind
        assert page.get_attribute("html", "lang") == lang
    page.goto(f"{hosted}/{lang}/question/projects-serving-industry.html")
    assert page.locator("#answer tbody tr").count() > 3
    assert page.locator("#answer details").count() > 3


@pytest.mark.parametrize(
    ("lang", "scheme"),
    [("zh", "light"), *(pytest.param(*one, marks=pytest.mark.slow) for one in REST_OF_SIGHT)],
)
def test_the_rules_of_accessibility(hosted: str, opened: Open, lang: str, scheme: Any) -> None:
    Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
    found = {}
    for kind, path in KINDS.items():
        # The tool is put into the page, which the page's policy would not let in.
        page = opened(f"{hosted}/{lang}/{path}", color_scheme=scheme, bypass_csp=True)
        if kind == "sparql":
            page.locator(".cm-content").wait_for(timeout=SLOW)
        results = Axe().run(page)
        if results.violations_count:
            found[kind] = [
                (one["id"], one["nodes"][0]["html"][:200]) for one in results.response["violations"]
            ]
        page.close()
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(hosted: str, opened: Open, width: int) -> None:
    wide = []
    page = opened(f"{hosted}/zh/index.html", viewport={"width": width, "height": 800})
    for lang in ("zh", "en"):
        for kind, path in KINDS.items():
            page.goto(f"{hosted}/{lang}/{path}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((lang, kind))
    assert wide == []


def test_search_finds_parts_single_characters_full_width_and_slips(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/zh/search.html?q=")

    def hits(words: str) -> list[str]:
        page.fill("#q", "")
        page.locator("#hits").evaluate("one => one.replaceChildren()")
        page.fill("#q", words)
        page.locator("#hits li").first.wait_for(timeout=SLOW)
        return [one.partition("\n")[0] for one in page.locator("#hits li").all_inner_texts()]

    assert any("昊邦医药" in one for one in hits("医药"))
    assert any("昆药集团" in one for one in hits("药"))
    assert any(one.startswith("昆明高新区 ") for one in hits("高新区")[:3])
    assert hits("ＧＥ") == hits("ge") == hits("GE")
    assert any("生物医药" in one for one in hits("biomedcine"))


def test_search_finds_the_same_in_site_server_and_command(
    hosted: str, opened: Open, graph: parkgraph.api.Graph, served: Any
) -> None:
    page = opened(f"{hosted}/zh/search.html")
    for words in ("医药", "药", "高新區", "biomedcine", "项目 投资", "the works of June", "“+”", "GE", "％"):
        page.locator("#hits").evaluate("one => one.replaceChildren()")
        page.fill("#q", words)
        page.locator("#hits > *").first.wait_for(timeout=SLOW)
        shown = page.locator("#hits li > a:first-child").all_inner_texts()[:8]
        command = [hit.name.label["zh"] for hit in (graph.find(words, limit=8) if words != "“+”" else [])]
        live = served.get("/zh/search.html", params={"q": words}).text
        live = live.partition("<ul class=hits>")[2].partition("</ul>")[0]
        assert shown == command, words
        links = re.findall(r"<li>(<a.*?</a>)", live)
        assert [re.sub("<[^>]*>", "", one) for one in links][:8] == command


def test_an_endless_query_is_stopped_and_the_next_is_answered(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/sparql.html")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g"
    )
    page.click("#run")
    page.wait_for_timeout(1500)
    page.click("#stop")
    page.locator("#status:has-text('stopped')").wait_for(timeout=5000)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK {} #")
    page.keyboard.press("Control+Enter")
    page.locator("#result:has-text('yes')").wait_for(timeout=SLOW)


def test_an_error_is_told_at_its_place(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/sparql.html")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT * WHERE {\n  ?s a park:Project .\n  ?s ?p\n}")
    page.click("#run")
    page.locator("#problem:has-text('4:')").wait_for(timeout=SLOW)


def test_labels_stand_beside_iris_and_the_query_in_the_link(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/sparql.html#query=SELECT%20%3Fp%20%7B%20%3Fp%20a%20park%3APark%20%7D")
    page.locator(".cm-content").wait_for(timeout=SLOW)
    page.click("#run")
    page.locator("#result td:has-text('Kunming High-tech Zone')").first.wait_for(timeout=SLOW)
    again = opened(page.url)
    again.locator(".cm-content:has-text('park:Park')").wait_for(timeout=SLOW)


def test_the_editor_completes_terms_of_the_ontology(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/sparql.html")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s a park:Proj")
    page.locator(".cm-tooltip-autocomplete:has-text('park:Project')").wait_for(timeout=SLOW)


def test_by_keyboard_alone(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/question/projects-serving-industry.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#main"
    page.keyboard.press("Enter")
    for __ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "p-industry":
            break
    assert page.evaluate("document.activeElement.id") == "p-industry"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "p-park"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#status:has-text('ms')").wait_for(timeout=SLOW)
    page.goto(f"{hosted}/en/sparql.html")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")  # leaves the editor
    assert page.evaluate("document.activeElement.id") == "run"
    page.goto(f"{hosted}/en/graph.html")
    page.locator("#unfolding .unfold").first.wait_for(timeout=SLOW)
    before = page.locator("#unfolding a").count()
    page.locator("#unfolding .unfold").first.focus()
    page.keyboard.press("Enter")
    page.locator(f"#unfolding a >> nth={before}").wait_for(timeout=SLOW)
    assert page.locator("#unfolding a").count() <= 40


def test_the_readers_own_article(hosted: str, opened: Open, article_path: Path, tmp_path: Path) -> None:
    page = opened(f"{hosted}/en/source/kunming-daily-2018-06-20.html")
    text = article_path.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(text[:-1] + "。", encoding="utf-8")
    page.set_input_files("#copy", str(wrong))
    page.locator("#copy-says:has-text('not the text')").wait_for()
    assert page.locator("main q").count() == 0
    page.set_input_files("#copy", str(article_path))
    page.locator("#copy-says:has-text('This is the text')").wait_for()
    assert page.locator('li[id="6-16"] q').inner_text() == text[6:16]
    page.goto(f"{hosted}/en/source/kunming-daily-2018-06-20.html#457-470")  # leads to the part that has it
    page.wait_for_url("**.p*.html#457-470")
    assert page.locator('li[id="457-470"] q').inner_text() == text[457:470]
    page.goto(f"{hosted}/en/id/project/kaikun-manufacturing-park.html")
    assert text[1395:1412] in page.locator(".own q").all_inner_texts()
    page.goto(f"{hosted}/en/source/kunming-daily-2018-06-20.html")
    page.click("#forget")
    assert page.locator("main q").count() == 0


def test_offsets_are_code_points(opened: Open, hosted: str) -> None:
    """A character beyond the basic plane is one code point and two units of JavaScript."""
    page = opened(f"{hosted}/en/source/kunming-daily-2018-06-20.html")
    text = "前𠮷后" * 200
    digest = hashlib.sha256(text.encode()).hexdigest().upper()

    def with_digest(route: Any) -> None:
        body = re.sub(r"data-sha=\w+", f"data-sha={digest}", route.fetch().text())
        route.fulfill(body=body, content_type="text/html")

    page.route("**/source/*.html", with_digest)
    page.goto(page.url)
    page.set_input_files("#copy", {"name": "text.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.locator('li[id="109-120"] q').wait_for()
    assert page.locator('li[id="109-120"] q').inner_text() == text[109:120]


def test_a_page_can_be_read_from_a_disk(site: Site, browser: Any, tmp_path: Path) -> None:
    from parkgraph.web.site import ASSETS

    for path in ("zh/index.html", "zh/questions.html", "zh/question/projects-serving-industry.html"):
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        file = site.file(path)
        assert file is not None
        place.write_bytes(file.content)
    (tmp_path / "assets").symlink_to(ASSETS)
    page = browser.new_page()
    page.goto((tmp_path / "zh" / "index.html").as_uri())
    page.click("nav >> text=问题")
    page.click("text=哪些项目服务于")
    assert page.locator("#answer tbody tr").count() > 3
    assert page.evaluate("getComputedStyle(document.querySelector('header a')).fontWeight") == "600"
    page.close()


def test_a_sum_that_the_engine_reads_otherwise_is_told(hosted: str, opened: Open) -> None:
    for text, told in (("SELECT (10 - 3 + 1 AS ?x) {}", True), ("SELECT ((10 - 3) + 1 AS ?x) {}", False)):
        page = opened(f"{hosted}/en/sparql.html#query={quote(text)}")
        page.locator(".cm-content").wait_for(timeout=SLOW)
        page.click("#run")
        page.locator("#result td").wait_for(timeout=SLOW)
        assert page.locator("#doubt").is_visible() is told
        page.close()


def test_names_of_an_unfolded_graph_do_not_lie_on_each_other(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/graph.html")
    for n in (10, 16):
        page.locator("#unfolding .unfold").first.wait_for(timeout=SLOW)
        page.locator("#unfolding .unfold").first.click()
        page.locator(f"#unfolding a >> nth={n}").wait_for(timeout=SLOW)
    lying = """() => {
        const names = [...document.querySelectorAll("#unfolding a text")];
        const boxes = names.map((one) => one.getBoundingClientRect());
        const lies = (one, other) => one.left < other.right && other.left < one.right
            && one.top < other.bottom - 2 && other.top < one.bottom - 2;
        return boxes.filter((one, at) => boxes.slice(at + 1).some((other) => lies(one, other))).length;
    }"""
    page.wait_for_function(f"({lying})() === 0", timeout=SLOW)


def test_a_printed_page_leaves_out_what_can_be_clicked(hosted: str, opened: Open) -> None:
    page = opened(f"{hosted}/en/id/project/kaikun-manufacturing-park.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.locator("h1").is_visible()

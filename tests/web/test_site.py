"""The folder that `parkgraph site` writes: whole, linked through, within its size, and safe to show."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import parkgraph as package
import pytest
from parkgraph.errors import Usage
from parkgraph.names import BASE
from parkgraph.web.data import download
from parkgraph.web.page import PART, WEIGHT
from parkgraph.web.site import ASSETS, MARK, File, Site, write_site

Run = Callable[..., subprocess.CompletedProcess[str]]
HREF = re.compile(r'\bhref=(?:"([^"]*)"|([^\s>]+))|content="0;url=([^"]*)"')
ID = re.compile(r'\bid=(?:"([^"]*)"|([^\s>]+))')
HOSTILE = '<script>alert(1)</script>" onload="alert(2)'


# The whole site takes a quarter of a minute of a processor: at a desk the small one is written.
@pytest.fixture(scope="module", params=[pytest.param("whole", marks=pytest.mark.slow)])
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real graph's site."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(site, folder)
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_link_and_anchor_leads_somewhere(folder: Path) -> None:
    assert lost_links(folder) == []


def test_every_link_of_a_small_site_leads_somewhere(small: Callable[..., Site], tmp_path: Path) -> None:
    write_site(small(), tmp_path / "site")
    assert lost_links(tmp_path / "site") == []


def lost_links(folder: Path) -> list[tuple[str, str]]:
    """Pages with the links on them that lead nowhere."""
    texts = {str(page.relative_to(folder)): page.read_text("utf-8") for page in pages(folder)}
    ids = {name: {one or other for one, other in ID.findall(text)} for name, text in texts.items()}
    files = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    lost = set()
    for name, text in texts.items():
        if name == "404.html":  # shown at any depth, so its links are absolute
            continue
        for found in HREF.findall(text):
            link = "".join(found).replace("&amp;", "&")
            parts = urlsplit(link)
            if parts.scheme or link == "#":
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            path = name if not parts.path else f"{path}/index.html" if parts.path.endswith("/") else path
            anchor = path in ids and parts.fragment and unquote(parts.fragment) not in ids[path]
            if path not in files or (anchor and "=" not in parts.fragment):
                lost.add((name, link))
    return sorted(lost)


def test_no_two_paths_differ_by_case_alone(folder: Path) -> None:
    paths = [str(file.relative_to(folder)) for file in folder.rglob("*")]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert not any(
        re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', part) for path in paths for part in path.split("/")
    )


def test_the_sizes_keep_to_the_budget(folder: Path) -> None:
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < 20_000_000
    heavy = [
        str(page.relative_to(folder))
        for page in pages(folder)
        if page.stat().st_size > WEIGHT
        and page.name != "ontology.html"  # its terms share one address
        and page.read_text("utf-8").count("<li id=") != 1  # the facts of one passage
    ]
    assert heavy == []
    sent = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in ASSETS.glob("*.js")}
    assert sent["site.js"] < 15_000
    assert sent["sparql.js"] + sent["site.js"] < 150_000


def in_parts(page: Path) -> list[str]:
    """The texts of a page and its further parts."""
    found = [page.read_text("utf-8")]
    while (part := page.with_name(f"{page.stem}.p{len(found) + 1}.html")).is_file():
        found.append(part.read_text("utf-8"))
    return found


def test_what_a_page_leaves_out_stands_on_its_further_parts(folder: Path, site: Site) -> None:
    texts = in_parts(folder / "en" / "code" / "status" / "planned.html")
    assert len(texts) > 2
    assert "planned.p2.html" in texts[0]
    iri = f"{BASE}code/status/planned"
    groups = [one for one in site.show(iri).groups if not one.meaning.iri.endswith("topConceptOf")]
    said = [entry for group in groups for entry in group.entries]
    held = sum(text.count("<dd>") for text in texts)
    assert held == len(said)
    for place in {site.addresses.place(entry.node.iri) for entry in said if entry.node}:
        assert place is None or place.rpartition("/")[2] in "".join(texts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_of_a_long_answer_stands_on_one_part(folder: Path, site: Site, lang: Any) -> None:
    for name in ("facts-not-stated", "open-questions", "promises-by-area", "planned-investment"):
        texts = in_parts(folder / lang / "question" / f"{name}.html")
        rows = [text.partition("id=answer")[2] if number == 0 else text for number, text in enumerate(texts)]
        found = sum(text.partition("<tbody>")[2].partition("</table>")[0].count("<tr>") for text in rows)
        assert found == len(site.ask(site.questions[name], lang, {}))
        assert all(f"{name}.p{number}.html" in texts[0] for number in range(2, len(texts) + 1))


def test_every_passage_has_one_place_on_the_page_of_its_source(folder: Path, site: Site) -> None:
    texts = in_parts(folder / "zh" / "source" / "kunming-daily-2018-06-20.html")
    found = [one for text in texts for one in re.findall(r"<li id=(\d+-\d+)>", text)]
    assert len(found) == len(set(found)) == len(site.part_of)
    assert found == sorted(found, key=lambda one: [*map(int, one.split("-"))])


def test_no_name_of_a_thing_is_taken_for_a_part(site: Site) -> None:
    assert not any(PART.search(place.rstrip("/")) for place in site.addresses.iri_at)


def test_a_withdrawn_name_leads_to_what_stands_for_it(folder: Path) -> None:
    old = (folder / "id/undertaking/add-high-tech-enterprises/index.html").read_text("utf-8")
    assert "zh/id/target/new-high-tech-enterprises.html" in old
    new = (folder / "en/id/target/new-high-tech-enterprises.html").read_text("utf-8")
    assert "undertaking:add-high-tech-enterprises" in new


def test_the_notices_name_each_package_and_its_licence() -> None:
    notices = (ASSETS / "notices.txt").read_text("utf-8")
    about = json.loads((ASSETS.parent / "package.json").read_text("utf-8"))
    locked = json.loads((ASSETS.parent / "package-lock.json").read_text("utf-8"))["packages"]
    for name in about["dependencies"]:
        version = locked[f"node_modules/{name}"]["version"]
        assert f"{name} {version} (" in notices
    for entry in notices.split("-" * 72)[1:]:
        assert re.search(r"Permission|permission|Licensed under", entry), entry[:80]


def test_the_sitemap_names_both_languages_of_each_page(folder: Path) -> None:
    text = gzip.decompress((folder / "sitemap.xml.gz").read_bytes()).decode()
    entry = next(
        line for line in text.splitlines() if "zh/id/place/kunming-high-tech-zone.html</loc>" in line
    )
    for tag, path in (
        ("en", "en/id/place/kunming-high-tech-zone.html"),
        ("x-default", "id/place/kunming-high-tech-zone/"),
    ):
        assert f'hreflang="{tag}" href="https://w3id.org/parkgraph/{path}"' in entry


# --- small graphs -------------------------------------------------------------------------------------------


@pytest.fixture
def small(small_root: Callable[..., Path]) -> Callable[..., Site]:
    """The site of a small graph."""
    return lambda changes={}, **options: Site(package.open(small_root(changes)), **options)


@pytest.mark.parametrize("given, wanted", [({}, "none"), ({"endpoint": "https://a.example/s"}, "https://a.example/s"),
                                           ({"live": True}, "sparql")])  # fmt: skip
def test_a_graph_too_large_for_a_browser_is_asked_at_an_endpoint(
    small: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, given: Any, wanted: str
) -> None:
    def endpoint() -> str:
        text = download(small(**given), "data/site.en.js").decode()
        return str(json.loads(text.partition("=")[2])["endpoint"])

    assert endpoint() == ""  # the engine in the browser answers
    monkeypatch.setattr("parkgraph.web.data.BROWSER", 10)
    assert endpoint() == wanted


def test_a_browser_may_ask_the_endpoint_and_no_other(small: Callable[..., Site]) -> None:
    file = small(endpoint="https://a.example/s").file("en/sparql.html")
    assert file is not None
    assert b"connect-src 'self' https://a.example/s" in file.content


def test_labels_that_try_to_be_script_stay_text(small: Callable[..., Site], tmp_path: Path) -> None:
    label = HOSTILE.replace('"', '\\"')
    data = f"""@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/parkgraph/id/project/a> a park:Project ; rdfs:label "{label}"@zh , "{label} en"@en ;
    rdfs:seeAlso <javascript:alert(3)> ; rdfs:comment "{label}"@en .
<https://w3id.org/parkgraph/id/project/a%3C%22b> a park:Project ; rdfs:label "乙"@zh , "B"@en .
"""
    write_site(small({"kg/project.ttl": data}), tmp_path / "site")
    shown = 0

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            held = dict(attributes)
            assert not any(name.startswith("on") for name in held), (page, held)
            assert tag != "script" or "src" in held or held.get("type") == "application/json", page
            assert not (held.get("href") or "").startswith("javascript:"), page

        def handle_data(self, text: str) -> None:
            nonlocal shown
            shown += HOSTILE in text

    for page in pages(tmp_path / "site"):
        Reader().feed(page.read_text("utf-8"))
    assert shown > 4


def test_a_folder_with_files_of_others_is_left_as_it_is(small: Callable[..., Site], tmp_path: Path) -> None:
    place = tmp_path / "site"
    site = small()
    write_site(site, place)
    again = write_site(site, place)  # its own files may go
    assert again.files == sum(file.is_file() for file in place.rglob("*"))
    (place / "zh" / "notes.txt").write_text("mine")
    before = {file: file.read_bytes() for file in place.rglob("*") if file.is_file()}
    with pytest.raises(Usage, match=r"notes\.txt"):
        write_site(site, place)
    assert {file: file.read_bytes() for file in place.rglob("*") if file.is_file()} == before
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Usage):
        write_site(site, tmp_path / "file")


def test_a_site_that_fails_half_way_leaves_nothing(
    small: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, site, made = tmp_path / "out" / "site", small(), 0
    write_site(site, place)
    before = {file: file.read_bytes() for file in place.rglob("*") if file.is_file()}
    real = site.file

    def file(path: str) -> File | None:
        nonlocal made
        made += 1
        if made > 20:
            raise OSError(28, "No space left on device")
        return real(path)

    monkeypatch.setattr(site, "file", file)
    with pytest.raises(Usage, match="No space left"):
        write_site(site, place)
    assert {file: file.read_bytes() for file in place.rglob("*") if file.is_file()} == before
    assert list(place.parent.iterdir()) == [place]


def test_the_folder_says_what_is_its_own(folder: Path) -> None:
    listed = json.loads(gzip.decompress((folder / MARK).read_bytes()))["files"]
    assert {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} == set(listed)


def test_words_of_an_article_are_published_only_when_it_is_said(
    real_root: Path, article_path: Path, parkgraph: Run, tmp_path: Path, site: Site
) -> None:
    words = article_path.read_text("utf-8")[457:470]
    refused = parkgraph("site", "--root", real_root, "--article", article_path, "-o", tmp_path / "out")
    assert (refused.returncode, "--publish-text" in refused.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
    graph = package.open(real_root)
    part = site.part_of[f"{BASE}source/kunming-daily-2018-06-20/457-470"]
    path = f"zh/source/kunming-daily-2018-06-20{f'.p{part}' if part > 1 else ''}.html"
    for made, said in ((site, False), (Site(graph, texts=graph.things(article_path).articles), True)):
        page = made.file(path)
        assert page is not None and (words in page.content.decode()) is said

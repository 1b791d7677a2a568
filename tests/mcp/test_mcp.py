"""`parkgraph mcp`: the tools as a client of the official SDK sees them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import parkgraph
import pytest

mcp = pytest.importorskip("mcp")

from parkgraph.mcp import BUDGET, QUOTED, http_app, make_server  # noqa: E402

NAMES = ["search", "show", "list_questions", "ask", "query", "why", "cite"]
CALLS = [
    ("search", {"query": "九龙城", "lang": "zh"}),
    ("show", {"thing": "九龙城"}),
    ("list_questions", {"query": "projects"}),
    ("ask", {"text": "2017年外贸进出口总额是多少？", "lang": "zh"}),
    ("query", {"sparql": "SELECT ?p { ?p a park:Project } ORDER BY ?p LIMIT 3"}),
    ("why", {"subject": "project:jiulongcheng-park", "predicate": "a", "object": "park:Project"}),
    ("cite", {"source": "kunming-daily-2018-06-20", "start": 457, "end": 470}),
]


@pytest.fixture(scope="module")
def graph(real_root: Path) -> parkgraph.Graph:
    return parkgraph.open(real_root)


def talk(server: Any, talking: Callable[[Any], Awaitable[None]], mode: str = "auto") -> None:
    """Runs a conversation with the server, which may be an object, parameters or a URL."""

    async def run() -> None:
        async with mcp.Client(server, mode=mode) as client:
            await talking(client)

    asyncio.run(run())


def checked(result: Any) -> dict[str, Any]:
    """The structured part, once the text says the same and both fit the budget."""
    assert not result.is_error, result.content[0].text
    note, __, text = result.content[0].text.partition("\n")
    assert note == QUOTED
    assert json.loads(text) == result.structured_content
    assert len(text) < 1.5 * BUDGET
    return dict(result.structured_content)


def fits(result: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a result has all that its tool's schema requires, and nothing that it does not name."""
    return set(schema["required"]) <= set(result) <= set(schema["properties"])


def cited(node: Any) -> list[dict[str, Any]]:
    """Every passage anywhere in a result."""
    if isinstance(node, dict):
        own = node["evidence"] if isinstance(node.get("evidence"), list) else []
        return [*own, *(one for value in node.values() for one in cited(value))]
    return [one for value in node for one in cited(value)] if isinstance(node, list) else []


def resolvable(evidence: list[dict[str, Any]]) -> bool:
    """Whether each passage can be found in its source and checked."""
    return bool(evidence) and all(
        one["source"] and one["start"] < one["end"] and len(one["sha256"]) == 64 and one["title"]
        for one in evidence
    )


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_in_memory_with_new_and_old_clients(graph: parkgraph.Graph, mode: str) -> None:
    async def talking(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == NAMES
        assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools)
        for name, arguments in CALLS:
            found = checked(await client.call_tool(name, arguments))
            assert name == "list_questions" or resolvable(cited(found) or found.get("passages", [])), name
            (schema,) = [tool.output_schema for tool in tools if tool.name == name]
            assert fits(found, schema), (name, set(found) ^ set(schema["properties"]))

    talk(make_server(graph), talking, mode)


@pytest.mark.slow
def test_every_saved_question_has_its_evidence(graph: parkgraph.Graph) -> None:
    async def talking(client: Any) -> None:
        for question in graph.questions():
            found = checked(await client.call_tool("ask", {"question": question.id}))
            assert found["question"] == question.id
            if "evidence" in question.columns and found["rows"]:
                assert resolvable(cited(found)), question.id

    talk(make_server(graph), talking)


@pytest.mark.slow
def test_a_hundred_things_have_their_evidence(graph: parkgraph.Graph) -> None:
    nodes = [one.iri for one in graph.finder.documents if one.kind != "question" and "/id/" in one.iri]

    async def talking(client: Any) -> None:
        for iri in nodes[:: max(1, len(nodes) // 100)]:
            found = checked(await client.call_tool("show", {"thing": iri}))
            assert resolvable(cited(found)), iri

    talk(make_server(graph), talking)


def test_the_cursor_goes_through_everything_once(graph: parkgraph.Graph) -> None:
    async def talking(client: Any) -> None:
        seen, cursor = [], ""
        while cursor is not None:
            arguments = {"thing": "Kunming High-tech Zone", "cursor": cursor}
            found = checked(await client.call_tool("show", arguments))
            seen += [json.dumps(one, sort_keys=True) for one in found["statements"]]
            cursor, total = found["next"], found["total"]
            if len(seen) > 60:
                break
        assert len(set(seen)) == len(seen)
        assert len(seen) <= total

    talk(make_server(graph), talking)


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("show", {"thing": "zzzz"}, "nothing is called"),
        ("ask", {}, "either text"),
        ("ask", {"question": "no-such-question"}, "unknown question"),
        ("ask", {"text": "生" * 10_000}, "characters"),
        ("query", {"sparql": "PREFIX a: <b:c> DROP ALL"}, "refused"),
        ("query", {"sparql": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "SERVICE"),
        ("why", {"subject": "a:b", "predicate": "c:d", "object": "e:f"}, ""),
        ("cite", {"phrase": "x"}, "article"),
        ("cite", {"source": "kunming-daily-2018-06-20", "start": 470, "end": 457}, "start and end"),
        ("ask", {"text": "x", "lang": "fr"}, "'zh' or 'en'"),
        ("search", {"query": "？"}, "no words"),
        ("search", {"query": "x", "cursor": "next"}, "cursor"),
    ],
)
def test_what_is_wrong_is_told(
    graph: parkgraph.Graph, name: str, arguments: dict[str, Any], said: str
) -> None:
    async def talking(client: Any) -> None:
        result = await client.call_tool(name, arguments)
        assert result.is_error
        assert said in result.content[0].text

    talk(make_server(graph), talking)


def test_resources_and_the_prompt(graph: parkgraph.Graph) -> None:
    async def talking(client: Any) -> None:
        for uri in (
            "parkgraph://thing/project:jiulongcheng-park",
            "parkgraph://question/joint-totals",
            "parkgraph://passage/kunming-daily-2018-06-20/457-470",
        ):
            held = json.loads((await client.read_resource(uri)).contents[0].text)
            assert held["note"] == QUOTED
        with pytest.raises(mcp.MCPError, match="start-end"):
            await client.read_resource("parkgraph://passage/kunming-daily-2018-06-20/a-b")
        prompt = await client.get_prompt("answer_with_citations", {"question": "How many?"})
        assert "How many?" in prompt.messages[0].content.text

    talk(make_server(graph), talking)


def test_with_the_article_the_words_are_quoted(graph: parkgraph.Graph, article_path: Path) -> None:
    async def talking(client: Any) -> None:
        found = checked(await client.call_tool("cite", {"phrase": "九龙城"}))
        assert found["passages"] and all(one["text"] and one["verified"] for one in found["passages"])

    talk(make_server(graph, [article_path]), talking)


def test_a_reply_to_words_is_small_and_tells_the_answer(graph: parkgraph.Graph) -> None:
    async def talking(client: Any) -> None:
        for text in ("园区有多少家上百亿的企业？", "高新区有哪些龙头企业？"):
            found = checked(await client.call_tool("ask", {"text": text}))
            assert found["answer"]["text"] and resolvable(found["answer"]["evidence"])
            assert all(resolvable(fact["evidence"]) for fact in found["facts"])

    talk(make_server(graph), talking)


def test_over_real_standard_input_and_output(real_root: Path) -> None:
    async def talking(client: Any) -> None:
        for name, arguments in CALLS:
            checked(await client.call_tool(name, arguments))

    words = ["-m", "parkgraph", "mcp", "--root", str(real_root)]
    # Anything on its stdout that is no message would break the conversation.
    talk(mcp.StdioServerParameters(command=sys.executable, args=words), talking)


def test_over_http(graph: parkgraph.Graph) -> None:
    uvicorn = pytest.importorskip("uvicorn")

    @asynccontextmanager
    async def served() -> Any:
        config = uvicorn.Config(http_app(graph), host="127.0.0.1", port=0, log_level="warning")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.05)
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True
        await task

    async def run() -> None:
        async with served() as port, mcp.Client(f"http://127.0.0.1:{port}/mcp") as client:
            for name, arguments in CALLS:
                checked(await client.call_tool(name, arguments))

    asyncio.run(run())

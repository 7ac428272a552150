"""Talk to `paneldex serve-mcp` as the reference client of the protocol does.

    python3 mcp_client.py PROGRAM INDEX

Prints a line for each thing that was seen; see scripts/test-mcp.
"""
import json
import subprocess
import sys
import warnings

import anyio
import jsonschema
import mcp_types as types
from mcp import Client, ClientSession, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

PROGRAM, INDEX = sys.argv[1:]
SERVER = StdioServerParameters(command=PROGRAM, args=["serve-mcp", "--db", INDEX])
VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
LATEST = VERSIONS[-1]
TOOLS = {
    "search": {"query": "acquisition", "limit": 3, "facets": ["company"]},
    "show": {"id": "8a99"},
    "facets": {"query": "acquisition", "by": ["company", "year"]},
    "panel": {"query": "acquisition", "persona": ["skeptic"]},
    "similar": {"id": "8a99", "same_company": "drop"},
    "stats": {},
}
warnings.simplefilter("ignore")
checks = []


def check(function):
    checks.append(function)
    return function


def same(got, want):
    if got != want:
        raise AssertionError(f"{got!r} is not {want!r}")


async def refused(code, call):
    try:
        result = await call
    except MCPError as error:
        same(error.code, code)
        assert error.message
        return error
    raise AssertionError(f"not refused: {result!r}")


async def initialize(session, version):
    return await session.send_request(types.InitializeRequest(
        params=types.InitializeRequestParams(
            protocol_version=version, capabilities=types.ClientCapabilities(),
            client_info=types.Implementation(name="test", version="1"))),
        types.InitializeResult)


async def session_of(version, use):
    """Run use(session) in a session of this version."""
    async with stdio_client(SERVER) as streams, ClientSession(*streams) as session:
        result = await initialize(session, version)
        session.adopt(result)
        await session.send_notification(types.InitializedNotification())
        return await use(session, result)


@check
async def it_says_who_it_is_and_what_it_can_do():
    for mode in ("auto", "legacy"):
        async with Client(SERVER, mode=mode) as client:
            same(client.protocol_version, LATEST)
            same(client.server_info.name, "paneldex")
            version = subprocess.run([PROGRAM, "--version"], capture_output=True,
                                     text=True, check=True).stdout
            same("paneldex " + client.server_info.version, version.strip())
            assert "search" in client.instructions
            assert client.server_capabilities.tools is not None
            assert client.server_capabilities.resources is None
            assert client.server_capabilities.prompts is None


@check
async def each_version_is_agreed_upon():
    async def use(session, result):
        return result.protocol_version, (await session.call_tool("stats")).is_error
    for version in VERSIONS:
        same(await session_of(version, use), (version, False))
    same(await session_of("2099-01-01", use), (LATEST, False))


@check
async def tools_are_listed_with_schemas_of_what_they_take():
    async with Client(SERVER) as client:
        tools = (await client.list_tools()).tools
        same([t.name for t in tools], list(TOOLS))
        for tool in tools:
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            jsonschema.validate(TOOLS[tool.name], tool.input_schema)
            assert tool.description and tool.annotations.title
            assert tool.annotations.read_only_hint is True
            assert tool.annotations.open_world_hint is False


@check
async def each_tool_gives_what_its_schema_says():
    async with Client(SERVER) as client:
        for name, arguments in TOOLS.items():
            result = await client.call_tool(name, arguments)
            same(result.is_error, False)
            same([c.type for c in result.content], ["text"])
            same(json.loads(result.content[0].text), result.structured_content)
            what = result.structured_content["schema"].split(".")[1].split("/")[0]
            schema = subprocess.run([PROGRAM, "schema", what], capture_output=True,
                                    check=True).stdout
            jsonschema.validate(result.structured_content, json.loads(schema))


@check
async def pages_of_a_search_are_followed_to_the_end():
    async with Client(SERVER) as client:
        seen, arguments = [], {"query": "acquisition", "limit": 2}
        while True:
            page = (await client.call_tool("search", arguments)).structured_content
            seen += [hit["id"] for hit in page["hits"]]
            if page["next"] is None:
                break
            arguments["after"] = page["next"]
        assert len(seen) > 4
        same(len(set(seen)), len(seen))


@check
async def what_a_model_can_mend_is_told_to_it():
    async with Client(SERVER) as client:
        for name, arguments, part in (
                ("search", {"query": "date:2026-13"}, "date"),
                ("search", {"query": "compny:x"}, "company"),
                ("search", {"limit": 1000}, "limit"),
                ("search", {"quer": "x"}, "query"),
                ("search", {"after": "nonsense"}, "cursor"),
                ("show", {}, "id"),
                ("show", {"id": "ffffffffffff"}, "ffffffffffff")):
            result = await client.call_tool(name, arguments)
            same(result.is_error, True)
            same(result.structured_content["schema"], "paneldex.error/1")
            assert part in result.structured_content["message"], result


@check
async def what_is_no_call_is_refused():
    async with Client(SERVER) as client:
        error = await refused(types.INVALID_PARAMS, client.call_tool("serch", {}))
        assert 'did you mean "search"?' in error.message
        await refused(types.METHOD_NOT_FOUND, client.list_resources())
        await refused(types.METHOD_NOT_FOUND, client.list_prompts())
        await refused(types.INVALID_PARAMS, client.list_tools(cursor="x"))
        same((await client.call_tool("stats")).is_error, False)


@check
async def nothing_is_done_before_initialize():
    async with stdio_client(SERVER) as streams, ClientSession(*streams) as session:
        await session.send_ping()
        await refused(types.INVALID_REQUEST, session.list_tools())
        same((await initialize(session, LATEST)).protocol_version, LATEST)
        await refused(types.INVALID_REQUEST, initialize(session, LATEST))


@check
async def a_ping_is_answered():
    async with Client(SERVER, mode="legacy") as client:
        for _ in range(3):
            await client.send_ping()


@check
async def a_call_that_is_cancelled_disturbs_no_other():
    async with Client(SERVER) as client:
        for n in range(20):
            with anyio.move_on_after(0.0005 * (n % 4)):
                await client.call_tool("panel", {"query": "", "limit": 50})
            result = await client.call_tool("search", {"query": "moat", "limit": n + 1})
            same(result.structured_content["schema"], "paneldex.search/1")
            assert result.structured_content["returned"] <= n + 1
        # Of a request that is not known, and of one that was answered.
        for request in ("nothing", 1):
            await client.session.send_notification(types.CancelledNotification(
                params=types.CancelledNotificationParams(request_id=request)))
        same((await client.call_tool("stats")).is_error, False)


@check
async def many_calls_at_once_get_their_own_answers():
    async with Client(SERVER) as client:
        ids = [hit["id"] for hit in (await client.call_tool(
            "search", {"limit": 30})).structured_content["hits"]]
        got = {}

        async def show(article):
            got[article] = await client.call_tool("show", {"id": article})
        async with anyio.create_task_group() as group:
            for article in ids:
                group.start_soon(show, article)
        same(len(ids), 30)
        for article in ids:
            same(got[article].structured_content["id"], article)


@check
async def words_in_any_script_come_back_as_they_went():
    async with Client(SERVER) as client:
        for query in ("Société Lumière", "東京 \U0001f600", 'a "quoted" \\ thing', "\u202e"):
            found = (await client.call_tool("search", {"query": query})).structured_content
            same(found["query"]["text"], query)


@check
async def progress_and_other_extras_of_a_request_do_no_harm():
    async with Client(SERVER) as client:
        async def progress(done, total, message):
            raise AssertionError("nobody was asked for it")
        result = await client.call_tool("stats", {}, progress_callback=progress,
                                        meta={"example.org/trace": "1"})
        same(result.is_error, False)


@check
async def it_ends_with_its_input():
    process = await anyio.open_process([PROGRAM, "serve-mcp", "--db", INDEX])
    async with process:
        await process.stdin.aclose()
        with anyio.fail_after(10):
            same(await process.wait(), 0)


async def main():
    for function in checks:
        name = function.__name__.replace("_", " ")
        try:
            with anyio.fail_after(60):
                await function()
            print(f"[     OK ] {name}")
        except BaseException as error:  # pylint: disable=broad-except
            while isinstance(error, BaseExceptionGroup):
                error = error.exceptions[0]
            print(f"[ FAILED ] {name}\n    {type(error).__name__}: {error}")


anyio.run(main)

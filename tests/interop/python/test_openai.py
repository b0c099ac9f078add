"""Our stand-in of a model's service is what OpenAI's own client and description say it is, and so is what
the server asks of it. Were the stand-in wrong, every test against it would prove nothing."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import openai
import pytest
from jsonschema import Draft202012Validator

import frontdesk_server

# Trimmed from github.com/openai/openai-openapi f85dbe2: MIT, © OpenAI.
DESCRIPTION = json.loads((Path(__file__).parent / "openai_schemas.json").read_text())
MODEL = Path(os.environ["FRONTDESK_SERVER_BIN"]).parent / "frontdesk-model"


def plain(schema):
    """`nullable` is of an older dialect, which validators of the new one pass over in silence."""
    if isinstance(schema, list):
        return [plain(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: plain(value) for key, value in schema.items() if key not in ("nullable", "discriminator")}
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


def validator(name):
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **plain(DESCRIPTION)})


@contextmanager
def model(*script):
    """The stand-in with this script: its address, and what reads the next call it got."""
    child = subprocess.Popen([MODEL, *script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = child.stdout.readline().strip()
        yield url, lambda: json.loads(child.stdout.readline())
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()


def client(url, retries=0):
    return openai.OpenAI(base_url=url, api_key="sk-test", max_retries=retries)


def ask(url, retries=0, **more):
    said = [{"role": "user", "content": "Hello"}]
    return client(url, retries).chat.completions.create(model="m", messages=said, **more)


def test_a_stream_reads_as_openai_s_own_does():
    text = "Es dauert fünf Tage [1]. 🙂"
    with model(f"streams:{text}") as (url, _):
        stream = ask(url, stream=True, stream_options={"include_usage": True})
        chunks = list(stream)
    check = validator("CreateChatCompletionStreamResponse")
    for chunk in chunks:
        check.validate(json.loads(chunk.model_dump_json(exclude_unset=True)))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == text
    assert len(pieces) > 5
    assert chunks[-1].usage.total_tokens == 120
    assert [it for chunk in chunks for it in chunk.choices][-1].finish_reason == "stop"


def test_an_answer_at_once_is_a_whole_one():
    with model("at-once:Five days.") as (url, _):
        answer = ask(url)
    check = validator("CreateChatCompletionResponse")
    check.validate(json.loads(answer.model_dump_json(exclude_unset=True)))
    assert answer.choices[0].message.content == "Five days."
    assert answer.usage.prompt_tokens == 100


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "invalid_api_key", openai.AuthenticationError),
        (404, "model_not_found", openai.NotFoundError),
        (429, "insufficient_quota", openai.RateLimitError),
        (500, "server_error", openai.InternalServerError),
    ],
)
def test_a_refusal_is_understood_by_the_client(status, code, error):
    with model(f"refuses:{status}:{code}") as (url, _):
        with pytest.raises(error) as caught:
            ask(url)
    assert caught.value.code == code
    validator("ErrorResponse").validate({"error": caught.value.body})


def test_the_client_asks_again_where_the_server_does():
    with model("refuses:503:busy", "at-once:Hello") as (url, _):
        assert ask(url, retries=1).choices[0].message.content == "Hello"


def test_the_description_refuses_what_is_wrong():
    """A validator that accepts everything would be none."""
    request = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}
    check = validator("CreateChatCompletionRequest")
    check.validate(request)
    for wrong in ({"messages": "Hello"}, {"temperature": 3}, {"stream_options": 7}, {"messages": []}):
        assert not check.is_valid({**request, **wrong}), wrong


def test_what_the_server_asks_is_what_openai_describes(tmp_path):
    with model("streams:Five days [1].") as (url, asked):
        with frontdesk_server.Server("SQLite", LLM_BASE_URL=url, LLM_API_KEY="sk-test") as server:
            desk = frontdesk_server.Desk(server, "Acme")
            desk.ask("POST", "/api/canned_responses", {
                "canned_response": {"name": "Refunds for parcels", "content": "The refund for a parcel takes five days."}
            })
            conversation, _ = desk.conversation("When is the refund for my parcel? I am grace@example.com")
            call = asked()
            draft = ready(desk, conversation)
    check = validator("CreateChatCompletionRequest")
    check.validate(call["body"])
    assert call["head"].startswith("POST /v1/chat/completions ")
    assert "bearer sk-test" in call["head"].lower()
    assert "grace@example.com" not in json.dumps(call["body"])
    assert call["body"]["stream_options"] == {"include_usage": True}
    assert draft["body"] == "Five days."


def test_what_texts_mean_reads_as_openai_s_own_does():
    with model("means:refund|money back", "means:parcel") as (url, _):
        answer = client(url).embeddings.create(model="m", input=["My money back", "A parcel"])
    validator("CreateEmbeddingResponse").validate(json.loads(answer.model_dump_json(exclude_unset=True)))
    assert [it.embedding for it in answer.data] == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def test_what_the_server_asks_about_meanings_is_what_openai_describes():
    check = validator("CreateEmbeddingRequest")
    check.validate({"model": "m", "input": ["Hello"]})
    for wrong in ({"input": 7}, {"input": []}, {"seed": 1}):
        assert not check.is_valid({"model": "m", "input": ["Hello"], **wrong}), wrong
    with model("means:refund|money back") as (url, asked):
        with frontdesk_server.Server("SQLite", LLM_BASE_URL=url, FRONTDESK_AI_EMBED_MODEL="m") as server:
            desk = frontdesk_server.Desk(server, "Acme")
            entry = {"title": "Refunds", "body": "Within five days."}
            desk.ask("POST", "/api/v1/knowledge", {"knowledge": entry})
            call = asked()
    check.validate(call["body"])
    assert call["head"].startswith("POST /v1/embeddings ")
    assert call["body"] == {"model": "m", "input": ["Refunds\nWithin five days."]}


def ready(desk, conversation):
    """The conversation's draft, once it is ready."""
    until = monotonic() + 60
    while monotonic() < until:
        for draft in desk.ask("GET", f"/api/v1/drafts?conversation_id={conversation}"):
            if draft["state"] == "ready":
                return draft
        sleep(0.05)
    raise AssertionError("there is no draft")

"""What servers answer, against the OpenAPI documents that they serve themselves.

Usage: openapi_answers_test.py USERS_SERVER STREAM_SERVER MAPPING_SERVER WORK_DIR. Exits with 77 (skipped) where npm is
missing or cannot fetch the judges.
"""
import http.client
import json
import os
import re
import subprocess
import sys

from judges import SKIPPED, install_judges, run

JSON = "application/json"
NDJSON = "application/x-ndjson"
EVENTS = "text/event-stream"

# name, method, path, request's media type and body, what Accept asks for
CALLS = [
    ("create", "POST", "/v1/users", JSON, {"name": "Ada", "email": "ada@example.org", "age": 36}, None),
    ("create a duplicate", "POST", "/v1/users", JSON, {"email": "ada@example.org"}, None),
    ("create with an invalid email", "POST", "/v1/users", JSON, {"email": "ada"}, None),
    ("create with a wrong type", "POST", "/v1/users", JSON, {"name": 1, "agee": 2}, None),
    ("create with XML", "POST", "/v1/users", "text/xml", "<a/>", None),
    ("get", "GET", "/v1/users/1", None, None, None),
    ("get nobody", "GET", "/v1/users/nobody", None, None, None),
    ("create in bulk, array", "POST", "/v1/users:bulkCreate", JSON,
     [{"email": "b@example.org"}, {"name": "C", "email": "c@example.org"}], None),
    ("create in bulk, lines", "POST", "/v1/users:bulkCreate", NDJSON,
     '{"email":"d@example.org"}\n{"email":"e@example.org","age":1}\n', None),
    ("create in bulk, one invalid", "POST", "/v1/users:bulkCreate", JSON, [{"email": "f"}], None),
    ("list", "GET", "/v1/users", None, None, None),
    ("list as lines", "GET", "/v1/users?pageSize=2", None, None, NDJSON),
    ("list as events", "GET", "/v1/users?pageSize=2", None, None, EVENTS),
    ("list with a bad token", "GET", "/v1/users?pageToken=!", None, None, None),
    ("list with an unknown parameter", "GET", "/v1/users?size=2", None, None, None),
    ("list as HTML", "GET", "/v1/users", None, None, "text/html"),
    ("create too much", "POST", "/v1/users", JSON, {"name": "a" * (5 << 20)}, None),
    ("delete all", "DELETE", "/v1/users", None, None, None),
    ("no such path", "GET", "/v1/groups", None, None, None),
    ("chat", "POST", "/v1/chat", JSON, [{"userId": "1", "text": "hello"}], None),
    ("chat in lines", "POST", "/v1/chat", NDJSON, '{"text":"a"}\n{"text":"b"}\n', NDJSON),
]


# The same of mapping_server: an update has what changes, whatever is required of the whole; the path says which one.
UPDATES = [
    ("one field", "PATCH", "/books/1", JSON, {"title": "A"}, None),
    ("a field of a message", "PATCH", "/books/1", JSON, {"author": {"email": "a@example.org"}}, None),
    ("no field", "PATCH", "/books/1?updateMask=title", JSON, {}, None),
    ("the whole, but for the path's", "PUT", "/books/1?updateMask=*", JSON, {"title": "A", "author": {"name": "B"}}, None),
]

# The same of stream_server, of errors alone, with the status that each must have.
ERRORS = [
    ("values that are none", "GET", "/v1/slow?delayMs=soon&later=1", None, None, None, 400),
    ("a body that is none", "POST", "/v1/sum", JSON, '[{"number": "many"}]', None, 400),
    ("no such path", "GET", "/v1/nothing", None, None, None, 404),
    ("no such verb", "DELETE", "/v1/slow", None, None, None, 405),
    ("nothing acceptable", "GET", "/v1/ticks?count=1", None, None, "text/html", 406),
    ("a message too long", "POST", "/v1/sum", JSON, '[{"number": "' + "1" * (5 << 20) + '"}]', None, 413),
    ("XML", "POST", "/v1/sum", "text/xml", "<a/>", None, 415),
    ("an error of the handler", "GET", "/v1/break", None, None, None, None),
]
# The member that all errors of a form have.
FORMS = {"status": "message", "aip193": "error", "problem": "title"}


def start(program, *arguments):
    """The server's process and the port of its REST side."""
    arguments = arguments or ("--rest-address", "127.0.0.1:0", "--grpc-address", "127.0.0.1:0")
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("REST on "):
            return process, int(line.rsplit(":", 1)[1])
    raise RuntimeError("the server did not start")


def call(port, method, path, media=None, body=None, accept=None):
    """Status, media type and text of one answer; the text of the request."""
    text = body if body is None or isinstance(body, str) else json.dumps(body)
    headers = {key: value for key, value in [("Content-Type", media), ("Accept", accept)] if value}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, text, headers)
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    return response.status, response.getheader("Content-Type"), answer, text


def record(port, wanted):
    calls = []
    for name, method, path, media, body, accept in wanted:
        status, answer_type, answer, text = call(port, method, path, media, body, accept)
        calls.append({"name": name, "method": method, "path": path, "status": status, "type": answer_type,
                      "body": answer, "request": {"type": media, "body": text}})
    return calls


def judge(document, calls, work_dir):
    for name, value in [("document.json", document), ("calls.json", calls)]:
        with open(os.path.join(work_dir, name), "w") as file:
            json.dump(value, file)
    return run(["node", "conforms.mjs", "document.json", "calls.json"], work_dir)


def judge_errors(program, form, work_dir):
    """What is wrong with errors in one of FORMS, each of which has a document of its own."""
    process, port = start(program, "async", form)
    try:
        document = json.loads(call(port, "GET", "/openapi.json")[2])
        calls = record(port, [each[:-1] for each in ERRORS])
    finally:
        process.terminate()
        process.wait(60)
    for each, (name, *_, status) in zip(calls, ERRORS):
        if status not in (None, each["status"]) or FORMS[form] not in json.loads(each["body"]):
            yield f"{form}: {name}: {each['status']} {each['body'][:200]}"
    if "fieldViolations" not in calls[0]["body"]:
        yield f"{form}: no violations: {calls[0]['body']}"
    status, objections = judge(document, calls, work_dir)
    if status != 0:
        yield f"{form}: {objections}"
    # The document of one form is wrong for the others.
    schemas = document["components"]["schemas"]
    schemas[next(name for name in ("protorest.Error", "protorest.Problem", "google.rpc.Status") if name in schemas)] = {
        "type": "object", "properties": {"wrong": {}}, "required": ["wrong"]}
    if judge(document, calls, work_dir)[0] == 0:
        yield f"{form}: a wrong schema of errors was not found out"


def target(path, operation):
    """The path with something for each parameter that must be there."""
    query = [f"{each['name']}=1" for each in operation.get("parameters", [])
             if each["in"] == "query" and each.get("required")]
    return re.sub(r"\{[^}]*\}", "1", path) + ("?" + "&".join(query) if query else "")


def judge_examples(document, port):
    """The examples of bodies that the server does not take."""
    count = 0
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            content = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
            if "example" not in content.get(JSON, {}):
                continue
            count += 1
            example = json.dumps(content[JSON]["example"])
            status, _, answer, text = call(port, verb.upper(), target(path, operation), JSON, example)
            if status == 400:
                yield f"the example of {verb} {path} is refused: {text} {answer}"
    if count < 10:
        yield f"only {count} examples"


def judge_updates(program, work_dir):
    """What is wrong with UPDATES."""
    process, port = start(program, "plain")
    try:
        document = json.loads(call(port, "GET", "/openapi.json")[2])
        calls = record(port, UPDATES)
        yield from judge_examples(document, port)
    finally:
        process.terminate()
        process.wait(60)
    for each in calls:
        if each["status"] != 200:
            yield f"{each['name']}: {each['status']} {each['body']}"
    status, objections = judge(document, calls, work_dir)
    if status != 0:
        yield objections
    schemas = document["components"]["schemas"]
    schemas["mapping.Author-partial"]["required"] = ["name"]
    if judge(document, calls, work_dir)[0] == 0:
        yield "an update that needs a field was not found out"


def main():
    program, streams, mapping, work_dir = sys.argv[1:]
    reason = install_judges(work_dir)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    process, port = start(program)
    try:
        document = json.loads(call(port, "GET", "/openapi.json")[2])
        calls = record(port, CALLS)
    finally:
        process.terminate()
        process.wait(60)
    succeeded = [each["name"] for each in calls if each["status"] == 200]
    print(f"{len(calls)} calls, {len(succeeded)} of them successful: {', '.join(succeeded)}")
    status, objections = judge(document, calls, work_dir)
    print(objections)

    # A document that is wrong in one word must be found out.
    user = document["components"]["schemas"]["users.v1.User"]["properties"]
    user["createdAt"] = {"type": "integer"}
    wrong, _ = judge(document, calls, work_dir)
    if wrong == 0:
        print("createdAt as an integer was not found out")
    others = [text for form in FORMS for text in judge_errors(streams, form, work_dir)]
    others += judge_updates(mapping, work_dir)
    print("\n".join(others))
    return 0 if status == 0 and wrong != 0 and len(succeeded) == 9 and not others else 1


if __name__ == "__main__":
    sys.exit(main())

"""A server that speaks the protocol of language models, answers by rules and can misbehave on request.

`python tests/coding/model_server.py` listens on 127.0.0.1:8431, to try commands. With `--record` it makes
calls.jsonl anew, which a test replays: needed after a change of rules or statements.
"""

import json
import re
import shutil
import sys
import tempfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SEEDS, SEED = Path(__file__).parents[2] / "seeds", "000_b03053bac9951049"
RECORDED = Path(__file__).with_name("calls.jsonl")
COLD, WARM = {"bad", "nonsense", "pirates", "frozen", "stolen"}, {"good", "great", "love"}


def words(text, least=3):
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= least}


def codings(request):
    """The answer by rules: a statement is accepted where half of its words are in the text."""
    rules, asked = request["messages"][0]["content"], json.loads(request["messages"][1]["content"])
    texts = dict(re.findall(r"^- `(\S+)` \(\w+\): \*\*(.*?)\*\* ", rules, re.MULTILINE))
    said, answer = asked["comment"], {}
    cold, warm = words(said) & COLD, words(said) & WARM
    tone = {(True, True): "mixed", (True, False): "negative", (False, True): "positive"}
    for item in asked["items"]:
        value, basis, heard = "no", {}, set()
        if item == "tone":
            value, heard = tone.get((bool(cold), bool(warm)), "neutral"), cold | warm
        elif item != "sarcasm":
            heard = words(texts.get(item, ""), 4) & words(said)
            heard = heard if len(heard) >= max(len(words(texts.get(item, ""), 4)) / 2, 2) else set()
            value = ("disagree" if cold else "agree") if heard else "silent"
            basis = {"basis": "stated" if heard else ""}
        quote = next((word for word in re.findall(r"\w+", said) if word.lower() in heard), "")
        answer[item] = {"value": value, **basis, "quote": quote, "note": ""}
    return answer


def statement(text):
    return {"text": text, "kind": "fact", "quote": text}


def draft(asked):
    """Proposals by rules: a sentence is a statement, a word in capitals an actor and a theme; points that
    end in the same word are one, and answer the thesis."""
    if "thesis" in asked or "text" in asked:  # of labelled data, which it does not know
        return {}
    if "points" in asked:
        groups = {}
        for number, text in asked["points"].items():
            groups.setdefault(text.split()[-1], []).append(int(number))
        groups = [
            {"text": f"So: {word}", "points": own, "answers": "thesis"} for word, own in groups.items()
        ]
        return {"groups": groups, "themes": []}
    text = asked.get("article", asked.get("comment"))
    said = [statement(one) for one in re.findall(r"[^.?!\n]+[.?!]", text)]
    if "comment" in asked:
        return {"points": said[:1]}
    names, themes = (
        [{"name": one, "words": [one], "quote": one} for one in re.findall(r"\b[A-Z][A-Z]+\b", text)]
        for _ in range(2)
    )
    return {"thesis": said[0], "claims": said[1:], "actors": names, "themes": themes}


def well(handler, request, answer):
    """No fault."""
    return json.dumps(answer)


def completion(content, **message):
    """A body in the protocol."""
    message = {"role": "assistant", "content": content, **message}
    return {"choices": [{"index": 0, "message": message}], "usage": {"total_tokens": 110}}


class Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        asked = json.loads(request["messages"][1]["content"])
        answer = codings(request) if "items" in asked else draft(asked)
        said = self.server.fault(self, request, answer)
        if said is not None:
            self.send(*said) if isinstance(said, tuple) else self.send(200, said)

    def send(self, status, body, kind="application/json", **headers):
        """Send a status with a body: bytes, the content of an answer, or an object of JSON."""
        body = completion(body) if isinstance(body, str) else body
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(data)), **headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


class ModelServer(ThreadingHTTPServer):
    """`asked` are the requests so far; `fault(handler, request, answer)` gives the content of the answer,
    (status, body), or None where it has sent something itself."""

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.asked, self.ended, self.fault = [], threading.Event(), well
        self.url = f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_):  # the client went away, as one does that is killed
        pass

    def texts(self):
        """The comments that were asked about, in order."""
        told = [json.loads(one["messages"][1]["content"]) for one in self.asked]
        return [one.get("comment", "") for one in told]


@contextmanager
def serving(port=0):
    server = ModelServer(port)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()


def copy_of_first_seed(folder):
    """The path of the first seed in a folder of one's own, without codings."""
    shutil.copy(SEEDS / f"{SEED}.txt", folder / "page.txt")
    without = shutil.ignore_patterns("codings.csv", "reading.md")
    shutil.copytree(SEEDS / SEED, folder / "page", ignore=without)
    return folder / "page.txt"


def record():
    import rejoinder
    from rejoinder.coding import language_model

    with serving() as server, tempfile.TemporaryDirectory() as folder:
        page = copy_of_first_seed(Path(folder))
        language_model.code(rejoinder.load(page), model="rules", base_url=server.url, yes=True)
        shutil.copy(page.with_suffix("") / "calls.jsonl", RECORDED)


if __name__ == "__main__" and "--record" in sys.argv:
    record()
elif __name__ == "__main__":
    with serving(8431) as server:
        print(f"listening on {server.url}; Ctrl-C ends it", flush=True)
        threading.Event().wait()

"""Installs the judges of OpenAPI documents, and runs them."""
import collections
import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77


def run(command, work_dir):
    """The exit code of `command` and all that it printed."""
    done = subprocess.run(command, cwd=work_dir, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


def install_judges(work_dir):
    """Installs package-lock.json into `work_dir`, once; returns why that cannot be, or None."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "npm is not installed"
    lock = os.path.join(work_dir, "package-lock.json")
    installed = os.path.join(work_dir, "installed-lock.json")
    os.makedirs(work_dir, exist_ok=True)
    for folder in (HERE, os.path.join(HERE, "truth")):
        for name in os.listdir(folder):
            if name.endswith((".json", ".yaml", ".mjs")):
                shutil.copy(os.path.join(folder, name), work_dir)
    if os.path.exists(installed) and open(installed).read() == open(lock).read():
        return None
    status, output = run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts",
                          "--fetch-retries=1"], work_dir)
    if status != 0:
        errors = [line for line in output.splitlines() if line.startswith("npm error")]
        return "npm cannot fetch the judges: " + "; ".join(errors[:2])
    shutil.copy(lock, installed)
    return None


def of_meta_schema(documents, work_dir):
    """The official meta schema of the version, and the dialect of the schemas in it."""
    _, output = run(["node", "validate.mjs", *documents], work_dir)
    return [tuple(line.split(": ", 1)) for line in output.splitlines()]


def of_redocly(documents, work_dir):
    """Redocly's linter, with the rules of redocly.yaml."""
    _, output = run(["node_modules/.bin/redocly", "lint", "--config=redocly.yaml", "--format=json",
                     "--max-problems=100000", *documents], work_dir)
    problems = []
    at = output.find("{\n")
    while at >= 0:
        report, end = json.JSONDecoder().raw_decode(output, at)
        problems += report["problems"]
        at = output.find("{\n", end)
    return [(os.path.join(work_dir, each["location"][0]["source"]["ref"]),
             f"{each['ruleId']}: {each['message']} at {each['location'][0].get('pointer')}") for each in problems]


def of_spectral(documents, work_dir):
    """Spectral's linter, with the rules of spectral.yaml."""
    _, output = run(["node_modules/.bin/spectral", "lint", "--quiet", "--format=json", "--ruleset=spectral.yaml",
                     *documents], work_dir)
    return [(each.get("source", "where it cannot say"), f"{each['code']}: {each['message']} at {'/'.join(map(str, each['path']))}")
            for each in json.loads(output)]


# All of them know OpenAPI 3.0, 3.1 and 3.2. Called in the folder of install_judges with paths of documents, each
# returns its objections, as pairs of a document's path and a text.
JUDGES = {"meta schema": of_meta_schema, "redocly": of_redocly, "spectral": of_spectral}


def all_objections(judged, work_dir):
    """What judges say against documents; both may be other ones for each: {judge: documents}. The judges are asked at
    once."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(judged, pool.map(lambda judge: objections(judge, judged[judge], work_dir), judged)))


def objections(judge, documents, work_dir):
    """What JUDGES[judge] has to say against each of `documents`, by their real paths. All are judged in one run."""
    found = collections.defaultdict(list)
    for path, text in JUDGES[judge]([os.path.realpath(each) for each in documents], work_dir):
        found[os.path.realpath(path)].append(text)
    return found

"""Runs docs_page.mjs: the docs page of two servers in Chromium.

Usage: docs_page_test.py USERS_SERVER STREAM_SERVER WORK_DIR [IMAGES]. Skipped where npm or Chromium is missing, and
where the servers were built without Swagger UI. IMAGES: the folder of the documents' pictures, to make them anew.
"""
import shutil
import sys
import tempfile
import urllib.error
import urllib.request

from browser_test import start
from judges import SKIPPED, install_judges, run


def has_page(url):
    try:
        return urllib.request.urlopen(url + "/docs/swagger-ui.css").status == 200
    except urllib.error.HTTPError:
        return False


def skip(reason):
    print("skipped: " + reason)
    return SKIPPED


def main():
    users_server, stream_server, work_dir, *images = sys.argv[1:]
    chromium = shutil.which("chromium")
    if chromium is None:
        return skip("chromium is not installed")
    reason = install_judges(work_dir)
    if reason is not None:
        return skip(reason)
    users, users_url = start([users_server, "--rest-address", "127.0.0.1:0", "--grpc-address", "127.0.0.1:0"])
    streams, streams_url = start([stream_server, "async"])
    try:
        if not has_page(users_url):
            return skip("the servers were built without Swagger UI")
        with tempfile.TemporaryDirectory() as profile:
            status, output = run(["node", "docs_page.mjs", users_url, streams_url, chromium, profile, *images],
                                 work_dir)
    finally:
        for process in (users, streams):
            process.terminate()
            process.wait(60)
    print(output)
    return status


if __name__ == "__main__":
    sys.exit(main())

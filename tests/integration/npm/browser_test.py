"""Runs browser.mjs: real browsers' and Node's clients of the streams.

Usage: browser_test.py CHAT_SERVER STREAM_SERVER WORK_DIR. Skipped where npm is missing; without Chromium, Node's
clients alone.
"""
import shutil
import subprocess
import sys
import tempfile

from judges import SKIPPED, install_judges, run


def start(command):
    """The server's process and its REST address."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("REST on "):
            return process, "http://" + line.split(" on ")[1].strip()
    raise RuntimeError(f"{command} did not start")


def main():
    chat_server, stream_server, work_dir = sys.argv[1:]
    reason = install_judges(work_dir)
    if reason is not None:
        print("skipped: " + reason)
        return SKIPPED
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not installed: Node's clients alone")
    chat, chat_url = start([chat_server, "127.0.0.1:0"])
    streams, streams_url = start([stream_server, "async"])
    try:
        with tempfile.TemporaryDirectory() as profile:
            status, output = run(["node", "browser.mjs", chat_url, streams_url, chromium or "", profile],
                                 work_dir)
    finally:
        for process in (chat, streams):
            process.terminate()
            process.wait(60)
    print(output)
    return status


if __name__ == "__main__":
    sys.exit(main())

"""`rehearse serve` as a process of its own, with data of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import httpx

TOP = Path(__file__).resolve().parents[2]
SAMPLES = TOP / "samples"


class UnservedError(Exception):
    """It ended before it answered: its exit code, and what it said."""


class Server:
    """The program, begun and ended as often as one likes; a context manager.

    A thread listens to it as long as it runs: beside it, the program must not be called in the
    process of the tests, which it would leave at once (`rehearse.cli.main`).

    Parameters
    ----------
    home
        Where its data are.
    options
        More words of its command line.
    """

    def __init__(self, home, *options, environment=()):
        self.home, self.options = Path(home), options
        self.environment = {
            **os.environ,
            "XDG_DATA_HOME": str(self.home),
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(TOP),
            **dict(environment),
        }
        # The data folder is XDG's, so that the weights of the checkout are still found.
        self.environment.pop("REHEARSE_HOME", None)
        self.said = []
        self.running = self.listening = self.client = None

    @property
    def data(self):
        return self.home / "rehearse"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self, *, port=0, within_s=60.0):
        """Begin, and wait until it answers."""
        self.url = ""
        command = [
            "env", "--default-signal=INT", sys.executable, "-m", "rehearse", "serve",
            "--no-open", "--port", str(port), *self.options,
        ]  # fmt: skip
        self.running = subprocess.Popen(
            command,
            env=self.environment,
            cwd=TOP,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        told = threading.Event()

        def listen():
            for line in self.running.stdout:
                self.said.append(line)
                if line.startswith("Your page is at "):
                    self.url = line.split()[-1].rstrip("/")
                    told.set()
            told.set()

        self.listening = threading.Thread(target=listen, daemon=True)
        self.listening.start()
        assert told.wait(within_s), "the server does not answer"
        if not self.url:
            raise UnservedError(self.running.wait(10), "".join(self.said))
        self.client = httpx.Client(base_url=self.url.partition("?")[0], timeout=120)

    def stop(self, how=signal.SIGINT, within_s=40.0):
        """End it; give its exit code."""
        if self.client is not None:
            self.client.close()
        if self.running is None:
            return None
        if self.running.poll() is None:
            self.running.send_signal(how)
        code = self.running.wait(within_s)
        self.listening.join(5)
        self.running.stdout.close()
        return code

    def kill(self):
        """End it as a power cut would."""
        self.stop(signal.SIGKILL)

    def hand(self, content, name, **wish):
        """Hand something over; give the job."""
        answer = self.client.post(f"/api/jobs?{urlencode({'name': name, **wish})}", content=content)
        assert answer.status_code == 202, answer.text
        return answer.json()

    def hand_form(self, content, name, **fields):
        """Hand something over as a form; give the answer."""
        return self.client.post("/api/jobs", data=fields, files={"file": (name, content)})

    def until_over(self, job, within_s=120.0):
        """Wait until a job is done or has failed; give it."""
        until = time.monotonic() + within_s
        while True:
            now = self.client.get(f"/api/jobs/{job['id']}").json()
            if now["state"] in {"done", "failed"}:
                return now
            assert time.monotonic() < until, now
            time.sleep(0.1)

    def analysed(self, content, name, **wish):
        """Hand something over and wait until it is done."""
        return self.until_over(self.hand(content, name, **wish))

    def report(self, session):
        return self.client.get(f"/api/sessions/{session}/report").json()


def same_report(one, other):
    """Whether two reports say the same, whatever the file was called."""
    return json.dumps({**one, "source": ""}) == json.dumps({**other, "source": ""})

"""Chromium without a window, driven over a pipe: no library beside Python's own is needed."""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def find():
    """The path of the browser; None where there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    """A browser with a folder of its own. `close` ends it."""

    def __init__(self, path):
        self.folder = tempfile.mkdtemp(prefix="colophon-browser-")
        here_read, there_write = os.pipe()
        there_read, here_write = os.pipe()

        def connect():
            # the browser reads commands from 3 and writes answers to 4
            low_read, low_write = os.dup(there_read), os.dup(there_write)
            os.dup2(low_read, 3)
            os.dup2(low_write, 4)

        command = [
            path, "--headless", "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "--disable-gpu",
            "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--no-sandbox", "about:blank",
        ]
        self.process = subprocess.Popen(
            command, preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(there_read)
        os.close(there_write)
        self.reading, self.writing = here_read, here_write
        self.buffer = b""
        self.number = 0
        self.events = []

    def close(self):
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError):
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        os.close(self.reading)
        os.close(self.writing)
        shutil.rmtree(self.folder, ignore_errors=True)

    def message(self, seconds):
        """The next message; None when none comes in this time."""
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.reading], [], [], left)[0]:
                return None
            part = os.read(self.reading, 1 << 20)
            if not part:
                raise RuntimeError("the browser ended")
            self.buffer += part
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, session=None, seconds=60, **parameters):
        """Asks for something and gives the answer; events that come meanwhile are kept."""
        self.number += 1
        number = self.number
        request = {"id": number, "method": method, "params": parameters}
        if session:
            request["sessionId"] = session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.writing, data):]
        while True:
            message = self.message(seconds)
            if message is None:
                raise RuntimeError(f"the browser does not answer {method}")
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.note(message)

    def note(self, message):
        self.events.append(message)
        if message.get("method") == "Page.javascriptDialogOpening":
            # left alone, it would stop the page
            self.number += 1
            os.write(self.writing, json.dumps({
                "id": self.number, "method": "Page.handleJavaScriptDialog", "sessionId": message["sessionId"],
                "params": {"accept": True}}).encode() + b"\0")

    def page(self, width=1200, height=900):
        return Page(self, width, height)


class Page:
    """A tab."""

    def __init__(self, browser, width, height):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.call(f"{domain}.enable")
        self.size(width, height)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def printed(self, is_printed=True):
        self.call("Emulation.setEmulatedMedia", media="print" if is_printed else "")

    def open(self, address, seconds=30):
        """Loads a page, and waits until it is there and has been quiet for a moment."""
        self.browser.events = []
        # Another place of the page that is shown is no load: the browser names no loader.
        if "loaderId" not in self.call("Page.navigate", url=address):
            self.settle()
            return
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(e.get("method") == "Page.loadEventFired" and e.get("sessionId") == self.session
                   for e in self.browser.events):
                break
            message = self.browser.message(0.5)
            if message:
                self.browser.note(message)
        else:
            raise RuntimeError(f"{address} does not load")
        self.settle()

    def settle(self, seconds=0.3):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            message = self.browser.message(max(0.01, end - time.monotonic()))
            if message:
                self.browser.note(message)

    def run(self, script):
        """The value of a script in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"].get("exception", {}).get("description")))
        return answer["result"].get("value")

    def key(self, key, code):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code)

    def picture(self, path):
        import base64
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def of(self, method):
        """What came of one kind of event since the page was opened."""
        return [e["params"] for e in self.browser.events if e.get("method") == method]

    def requests(self):
        """The addresses that the page asked for."""
        return [e["request"]["url"] for e in self.of("Network.requestWillBeSent")]

    def complaints(self):
        """What scripts did or tried: dialogs, errors, messages, and what the page's policy refused."""
        found = [f"dialog: {e['message']}" for e in self.of("Page.javascriptDialogOpening")]
        found += [f"error: {e['exceptionDetails'].get('text')} {e['exceptionDetails'].get('exception', {}).get('description', '')}"
                  for e in self.of("Runtime.exceptionThrown")]
        found += [f"message: {e['type']}" for e in self.of("Runtime.consoleAPICalled")]
        found += [f"log: {e['entry']['text']}" for e in self.of("Log.entryAdded") if e["entry"]["level"] != "verbose"]
        return found

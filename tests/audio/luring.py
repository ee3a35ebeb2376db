"""Files that are lists of other files and addresses, and a port that notices who calls."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

LISTS = {
    "net.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}.ts\n#EXT-X-ENDLIST\n",
    "net.mp3": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}.mp3\n#EXT-X-ENDLIST\n",
    "key.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n"
    '#EXT-X-KEY:METHOD=AES-128,URI="{url}"\n#EXTINF:10,\nsecret.mp3\n#EXT-X-ENDLIST\n',
    "beside.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.mp3\n#EXT-X-ENDLIST\n",
    "whole.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n"
    "file://{folder}/secret.mp3\n#EXT-X-ENDLIST\n",
    "beside.ffconcat": "ffconcat version 1.0\nfile secret.mp3\n",
    "beside.wav": "ffconcat version 1.0\nfile secret.mp3\n",
    "net.ffconcat": "ffconcat version 1.0\nfile {url}.mp3\n",
    "within.ffconcat": "ffconcat version 1.0\nfile subfile,,start,0,end,9999,,:secret.mp3\n",
    "call.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
    "m=audio {port} RTP/AVP 0\n",
    "call.rtsp": "rtsp://127.0.0.1:{port}/x",
    "call.mpd": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT10S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
    '<Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1000">'
    "<BaseURL>{url}.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>",
    "call.pls": "[playlist]\nFile1={url}.mp3\nNumberOfEntries=1\n",
    "call.asx": '<asx version="3.0"><entry><ref href="{url}.mp3"/></entry></asx>',
    "call.ram": "{url}.rm\n",
}


HOW_MANY = b"how many?"
ENOUGH = b"enough"


class Listener:
    """Counts who calls a port of this machine; answers nobody but its owner."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self):
        calls = 0
        while True:
            caller, _ = self._socket.accept()
            with caller:
                said = caller.recv(100)
                if said == ENOUGH:
                    return
                if said == HOW_MANY:
                    caller.sendall(str(calls).encode())
                else:
                    calls += 1

    def calls(self):
        """How many there were so far: who called before this question is counted."""
        return int(self._say(HOW_MANY))

    def _say(self, words):
        with socket.create_connection(("127.0.0.1", self.port)) as owner:
            owner.sendall(words)
            return owner.recv(100)

    def close(self):
        self._say(ENOUGH)
        self._thread.join()
        self._socket.close()


@contextmanager
def listening():
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()


def lure(folder, name, port):
    """Write the list `name`, which names a port and the file `secret.mp3` beside it."""
    url = f"http://127.0.0.1:{port}/x"
    path = folder / name
    path.write_text(LISTS[name].format(url=url, port=port, folder=folder))
    return path

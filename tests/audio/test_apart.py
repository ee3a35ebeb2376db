"""A file decoded apart: the same sound, and whatever it does to its process, an error of ours."""

from __future__ import annotations

import io
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from rehearse.audio import apart, handing
from rehearse.audio.apart import Limits, SoundApart
from rehearse.audio.containers import contained
from rehearse.audio.decode import SoundFile
from rehearse.audio.handing import UnframedError
from rehearse.errors import InputError, RangeError, RehearseError, SoundError
from rehearse.recording import SAMPLE_RATE
from tests.audio import hostile_process
from tests.audio.damage import RECORDINGS, damaged
from tests.audio.luring import listening
from tests.audio.sounds import (
    SAMPLES,
    odd_wav,
    sample,
    silence,
    tone,
    video_without_sound,
    wav,
    write,
)

TOP = Path(__file__).resolve().parents[2]

HOSTILE = [
    name
    for name, kind in vars(hostile_process).items()
    if callable(kind) and getattr(kind, "__module__", "") == hostile_process.__name__
    if name not in {"main", "frame", "spinning", "sleeping", "foreign_error"}
]


@pytest.fixture(autouse=True)
def nothing_is_left():
    """Neither a process, however it ended, nor the thread that tends it, nor an open file."""
    yield
    assert psutil.Process().children(recursive=True) == []
    assert [each.name for each in threading.enumerate() if each.name == "rehearse-apart"] == []


def of(path, **options):
    return SoundApart(path, path.name, **options)


def heard(sound):
    """All of it: where its blocks begin, and their samples as they are in memory."""
    return [(block.start_s, block.samples.tobytes()) for block in sound.blocks()]


def refusal(path, kind=SoundError, **options):
    with pytest.raises(kind) as caught:
        heard(of(path, **options))
    assert caught.value.hint
    assert path.name in caught.value.message
    return caught.value.message


def running():
    (child,) = psutil.Process().children(recursive=True)
    return child


def begun(sound):
    """Its blocks, the first of them taken, and its process."""
    blocks = sound.blocks()
    next(blocks)
    return blocks, running()


@pytest.fixture
def long(tmp_path):
    """Twenty minutes of quiet."""
    return write(tmp_path / "long.flac", silence(1200, rate=16_000), codec="flac", rate=16_000)


# The same as in this process


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("part", [{}, {"from_s": 3.3, "to_s": 9.1}])
def test_the_sound_is_bit_for_bit_that_of_the_file(name, part):
    here, there = SoundFile(SAMPLES / name, **part), of(SAMPLES / name, **part)
    assert heard(there) == heard(here)
    told = [(each.name, each.part, each.notes, each.stated_s) for each in (here, there)]
    assert told[0] == told[1]


def test_the_second_reading_gives_the_same_sound():
    sound = of(sample("thin-close"))
    assert heard(sound) == heard(sound)


def test_the_name_is_the_one_that_was_given_without_its_folder(tmp_path):
    path = wav(tmp_path / "sound.wav", tone()).rename(tmp_path / "0001.part")
    sound = SoundApart(path, "my/Interview é\n.wav")
    assert sound.name == "Interview é\n.wav"
    assert heard(sound)
    path.write_bytes(b"no sound at all " * 100)
    with pytest.raises(SoundError, match=r"Interview é .wav is not a recording") as caught:
        heard(sound)
    assert "0001" not in caught.value.message


def test_the_notes_come_along(tmp_path):
    path = write(tmp_path / "tracks.mka", *[tone(seconds=1.0)] * 100, codec="pcm_s16le")
    sound = of(path)
    heard(sound)
    assert sound.notes == ["tracks.mka has 100 audio tracks; only the first was analysed."]


def test_a_part_past_the_end_is_the_same_error_as_in_this_process(tmp_path):
    path = wav(tmp_path / "sound.wav", tone(seconds=3.0))
    with pytest.raises(RangeError) as here:
        heard(SoundFile(path, from_s=60.0))
    with pytest.raises(RangeError) as there:
        heard(of(path, from_s=60.0))
    assert (there.value.message, there.value.hint) == (here.value.message, here.value.hint)


def test_the_process_works_no_further_ahead_than_a_pipe_holds(long):
    blocks, child = begun(of(long))
    time.sleep(0.5)
    before = child.cpu_times().user
    time.sleep(0.5)
    assert child.cpu_times().user == before
    blocks.close()


def test_a_reader_who_takes_longer_than_a_file_may_be_silent_is_no_fault_of_the_file(tmp_path):
    sound = of(wav(tmp_path / "fine.wav", tone(seconds=6.0)), limits=Limits(silence_s=3.0))
    lengths = []
    for block in sound.blocks():
        lengths.append(block.duration_s)
        if len(lengths) == 2:
            time.sleep(3.5)
    assert sum(lengths) == pytest.approx(6.0, abs=0.01)


# Hostile files


@pytest.mark.parametrize("number", range(0, 680, 40))
def test_a_damaged_file_gives_sound_or_an_error_of_ours(tmp_path, number):
    name, raw = damaged(number)
    path = tmp_path / name
    path.write_bytes(raw)
    ends = []
    for sound in (SoundFile(path), of(path)):
        try:
            ends.append(heard(sound))
        except InputError as error:
            ends.append((type(error), error.message, error.hint))
    # An empty file is refused before a process begins, in other words.
    assert ends[0] == ends[1] or not raw


@pytest.mark.soak
def test_no_damaged_file_raises_anything_but_an_error_of_ours(tmp_path):
    results = Counter()
    for number in range(680):
        name, raw = damaged(number)
        path = tmp_path / name
        path.write_bytes(raw)
        results[ending(of(path))] += 1
        path.unlink()
    print(f"\n{dict(results)}")
    assert set(results) <= {"sound", "SoundError", "RangeError", "InputError"}


def ending(sound):
    try:
        heard(sound)
    except RehearseError as error:
        return type(error).__name__
    return "sound"


@pytest.mark.parametrize("rate", [1, 2**31 - 1])
def test_a_rate_that_cannot_be_is_refused(tmp_path, rate):
    assert f"it states {rate}" in refusal(odd_wav(tmp_path / "odd.wav", rate=rate))


def test_more_channels_than_there_are_ears_are_refused_or_mixed(tmp_path):
    body = bytes(65_535 * 2 * 50)
    head = struct.pack("<HHIIHH", 1, 65_535, 16_000, 2**32 - 1, 65_534, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", len(body)) + body
    path = tmp_path / "crowd.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    assert "crowd.wav" in refusal(path)


def test_a_video_without_sound_is_refused_as_one(tmp_path):
    assert "a video without sound" in refusal(video_without_sound(tmp_path / "call.mp4"))


def test_a_picture_that_unfolds_to_more_than_fits_is_not_unfolded(tmp_path):
    sound = write(tmp_path / "sound.mp3", tone(), codec="libmp3lame")
    picture = enormous_picture(40_000)
    frame = b"\0image/png\0\x03\0" + picture
    tag = b"APIC" + struct.pack(">I", len(frame)) + b"\0\0" + frame
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path = tmp_path / "cover.mp3"
    path.write_bytes(b"ID3\x03\0\0" + size + tag + sound.read_bytes())
    with path.open("rb") as file, contained(file) as opened:
        assert opened.streams.video[0].codec_context.name == "png"
    limits = Limits(memory_bytes=300_000_000)
    assert heard(of(path, limits=limits)) == heard(SoundFile(sound))


def enormous_picture(side):
    """A PNG of one bit a dot, 200 MB where it is unfolded."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body))
            + kind
            + body
            + struct.pack(">I", zlib.crc32(kind + body) & 0xFFFFFFFF)
        )

    deflate = zlib.compressobj(1)
    row = bytes(1 + side // 8)
    body = b"".join(deflate.compress(row) for _ in range(side)) + deflate.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link", "broken link"])
def test_what_is_no_file_is_refused_at_once(tmp_path, kind):
    path = tmp_path / "close.wav"
    target = wav(tmp_path / "target.wav", tone())
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path(os.devnull)
    else:
        path.symlink_to(target if kind == "link" else tmp_path / "nowhere")
    message = refusal(path, InputError)
    assert "is not a file but a folder, a link, a device or a pipe" in message


def test_what_is_not_there_or_empty_is_refused(tmp_path):
    assert "cannot be opened" in refusal(tmp_path / "gone.wav", InputError)
    (tmp_path / "empty.wav").touch()
    assert "holds 0 bytes" in refusal(tmp_path / "empty.wav", InputError)


# Too much of it


def test_more_sound_than_is_allowed_is_refused_where_the_file_states_it(long):
    sound = of(long, limits=Limits(longest_s=600))
    with pytest.raises(SoundError, match=r"long\.flac is longer than 10:00") as caught:
        heard(sound)
    assert "Pick the part" in caught.value.hint
    assert sound.decoded_s == 0


def test_more_sound_than_is_allowed_is_refused_where_the_file_hides_it(long):
    raw = bytearray(long.read_bytes())
    # The number of samples: 36 bits in the first block of a FLAC file, 0 where unknown.
    raw[21] &= 0xF0
    raw[22:26] = bytes(4)
    long.write_bytes(raw)
    sound = of(long, limits=Limits(longest_s=600))
    blocks = []
    with pytest.raises(SoundError, match=r"long\.flac is longer than 10:00"):
        blocks.extend(block.end_s for block in sound.blocks())
    assert blocks[-1] == sound.decoded_s == 600


def test_a_part_of_a_file_that_is_too_long_is_read(long):
    sound = of(long, from_s=900.5, to_s=1000.25, limits=Limits(longest_s=100))
    blocks = heard(sound)
    assert blocks[0][0] == 900.5
    assert sum(len(samples) for _, samples in blocks) == 4 * round(99.75 * SAMPLE_RATE)


def test_a_part_that_is_too_long_is_refused_as_one(long):
    message = refusal(long, from_s=100.0, to_s=1000.0, limits=Limits(longest_s=600))
    assert "The part of long.flac is longer than 10:00" in message


@pytest.mark.soak
@pytest.mark.parametrize(("name", "codec"), [("long.flac", "flac"), ("long.opus", "libopus")])
def test_more_than_an_hour_of_silence_takes_little_memory(tmp_path, name, codec):
    path = tmp_path / name
    with av.open(str(path), "w") as opened:
        stream = opened.add_stream(codec, rate=48_000, layout="mono")
        quiet = np.zeros((1, stream.codec_context.frame_size or 4608), dtype=np.int16)
        for number in range(75 * 60 * 48_000 // quiet.shape[1]):
            frame = av.AudioFrame.from_ndarray(quiet, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48_000, number * quiet.shape[1]
            opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    print(f"\n{name}: {path.stat().st_size} bytes")
    process = psutil.Process()
    before = most = process.memory_info().rss
    limits = Limits(longest_s=3600.0)
    with pytest.raises(SoundError, match=r"longer than 1:00:00"):
        heard(of(path, limits=limits))
    for block in of(path, to_s=3600.0, limits=limits).blocks():
        if block.start_s % 300 == 0:
            most = max(most, process.memory_info().rss)
            assert running().memory_info().rss < 150_000_000
    assert most - before < 30_000_000


def test_too_much_memory_is_refused(tmp_path):
    path = wav(tmp_path / "sound.wav", tone())
    message = refusal(path, limits=Limits(memory_bytes=1))
    assert message == "sound.wav cannot be decoded: it asks for more memory than there is for it."


def test_the_process_has_given_up_what_it_does_not_need(long):
    limits = Limits(longest_s=3600.0, memory_bytes=800_000_000, processor_s=40.0)
    blocks, child = begun(of(long, limits=limits))
    status = Path(f"/proc/{child.pid}/status").read_text("ascii")
    has = {
        name: child.rlimit(getattr(psutil, f"RLIMIT_{name}"))
        for name in ("AS", "FSIZE", "CORE", "NOFILE", "NPROC", "CPU")
    }
    open_files = {int(each.name) for each in Path(f"/proc/{child.pid}/fd").iterdir()}
    words = child.environ()
    threads = child.num_threads()
    session = os.getsid(child.pid)
    blocks.close()
    assert has.pop("CPU")[1] == 40 + 360 + 1
    assert has == {
        "AS": (800_000_000, 800_000_000),
        "FSIZE": (0, 0),
        "CORE": (0, 0),
        "NOFILE": (4, 4),
        "NPROC": (0, 0),
    }
    assert open_files == {0, 1, 2, 3}
    assert "NoNewPrivs:\t1" in status
    ours = {"PYTHONPATH", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}
    # Python sets the one itself, and a system's loader may need the other.
    assert ours <= set(words) <= ours | {"LC_CTYPE", "LD_LIBRARY_PATH"}
    assert threads == 1
    assert session == child.pid


CONFINED = """
import os, socket, sys
import rehearse.audio.confinement as confinement

confinement.confine(memory_bytes=1 << 30, descriptors=int(sys.argv[1]))
tried = {
    "read": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "write": lambda: os.open("written", os.O_WRONLY | os.O_CREAT),
    "list": lambda: os.listdir("/"),
    "call": lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2),
    "signal": lambda: os.kill(os.getppid(), 0),
}
for name, trying in tried.items():
    try:
        trying()
    except OSError as error:
        print(name, type(error).__name__)
    else:
        print(name, "done")
"""


def test_no_descriptor_can_be_had_where_all_that_are_allowed_are_taken(program):
    told = program("-c", CONFINED, 3, 9).stdout.splitlines()
    # No socket could even be made, whatever the kernel says about files.
    assert "call OSError" in told
    assert {line.split()[0] for line in told if line.endswith(" done")} <= {"signal"}


def test_files_and_addresses_are_out_of_reach_even_with_descriptors(program):
    if not landlock():
        pytest.skip("this kernel has no Landlock of version 4 or above")
    with listening() as listener:
        told = program("-c", CONFINED, 64, listener.port).stdout.splitlines()
        assert listener.calls() == 0
    assert {line for line in told if not line.startswith("signal")} == {
        "read PermissionError",
        "write PermissionError",
        "list PermissionError",
        "call PermissionError",
    }


def landlock():
    import ctypes

    return sys.platform == "linux" and ctypes.CDLL(None).syscall(444, None, 0, 1) >= 4


# A process that dies, hangs or lies


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGXCPU])
def test_a_process_that_is_killed_in_the_middle_is_an_error(long, number):
    blocks, child = begun(of(long))
    child.send_signal(number)
    with pytest.raises(SoundError, match=r"long\.flac cannot be decoded") as caught:
        list(blocks)
    assert ("far more work" in caught.value.message) == (number == signal.SIGXCPU)


def test_a_process_that_hangs_in_the_middle_is_given_up(long):
    sound = of(long)
    blocks, child = begun(sound)
    sound.limits = replace(sound.limits, silence_s=0.5)
    child.suspend()
    with pytest.raises(SoundError, match="no sound came of it"):
        list(blocks)


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """A function that makes a file whose process does as it is told."""
    monkeypatch.setattr(apart, "PROCESS", hostile_process.__name__)

    def told(what, **options):
        path = tmp_path / f"{what}.wav"
        path.write_text(f"{what}\n")
        return of(path, **options)

    return told


@pytest.mark.parametrize("what", HOSTILE)
def test_a_process_that_was_taken_over_does_nothing_but_an_error(hostile, what):
    sound = hostile(what, from_s=5.0, limits=Limits(longest_s=60.0))
    process = psutil.Process()
    before = process.memory_info().rss
    with pytest.raises(SoundError, match=rf"{what}\.wav cannot be decoded: what reads it broke"):
        list(sound.blocks())
    assert process.memory_info().rss - before < 50_000_000


def test_a_process_that_computes_for_ever_is_ended(hostile):
    with pytest.raises(SoundError, match="far more work than a recording"):
        list(hostile("spinning").blocks())


def test_a_process_that_says_nothing_is_given_up(hostile):
    with pytest.raises(SoundError, match="no sound came of it"):
        list(hostile("sleeping", limits=Limits(silence_s=0.5)).blocks())


def test_an_error_from_the_process_is_one_of_ours_on_one_line(hostile):
    with pytest.raises(SoundError) as caught:
        list(hostile("foreign_error").blocks())
    assert type(caught.value) is SoundError
    assert (caught.value.message, caught.value.hint) == ("a [2Jb c", "d e")


def test_a_process_that_cannot_be_started_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    assert "no process can be started" in refusal(wav(tmp_path / "sound.wav", tone()))


def test_bytes_that_are_nearly_frames_are_frames_or_none():
    draw = random.Random(20_261)
    whole = io.BytesIO()
    handing.send(whole, handing.STATED, handing.stated(12.5))
    handing.send(whole, handing.BLOCK, bytes(4000))
    handing.send(whole, handing.REFUSED, handing.refusal(RangeError("so", hint="and so")))
    handing.send(whole, handing.DONE, handing.notes(["one", "two"]))
    read = {
        handing.STATED: handing.read_stated,
        handing.DONE: handing.read_notes,
        handing.REFUSED: handing.read_refusal,
    }
    ends = []
    for _ in range(3000):
        raw = bytearray(whole.getvalue())
        for _ in range(draw.choice((1, 4, 30))):
            raw[draw.choice((draw.randrange(len(raw)), draw.randrange(20)))] = draw.randrange(256)
        pipe = io.BytesIO(bytes(raw[: draw.choice((len(raw), draw.randrange(len(raw))))]))
        try:
            while (frame := handing.receive(pipe)) is not None:
                read.get(frame[0], len)(frame[1])
            ends.append("end")
        except UnframedError:
            ends.append("unframed")
    assert {"end", "unframed"} == set(ends)


# A reader who stops


def test_closing_early_ends_the_process_at_once(long):
    blocks, child = begun(of(long))
    began = time.monotonic()
    blocks.close()
    assert time.monotonic() - began < 1.0
    assert not psutil.pid_exists(child.pid)


def test_a_reader_who_raises_ends_the_process(long):
    def reading():
        for _ in of(long).blocks():
            raise KeyError

    with pytest.raises(KeyError):
        reading()
    assert psutil.Process().children() == []


def test_blocks_may_be_taken_by_one_thread_after_the_other(tmp_path):
    blocks = of(wav(tmp_path / "sound.wav", tone(seconds=4.0))).blocks()
    taken = []
    for _ in range(4):
        thread = threading.Thread(target=lambda: taken.append(next(blocks)))
        thread.start()
        thread.join()
    assert [block.start_s for block in taken] == [0.0, 1.0, 2.0, 3.0]
    blocks.close()


@pytest.mark.parametrize("waits", [True, False])
def test_cancelling_from_another_thread_ends_it_whether_it_waits_or_not(long, waits):
    sound = of(long)
    blocks, child = begun(sound)
    if waits:
        child.suspend()
        threading.Timer(0.3, sound.cancel).start()
    else:
        sound.cancel()
    began = time.monotonic()
    with pytest.raises(SoundError, match=r"long\.flac was not read to its end: it was stopped"):
        list(blocks)
    assert time.monotonic() - began < 2.0


def test_what_was_cancelled_before_it_began_does_not_begin(long):
    sound = of(long)
    sound.cancel()
    with pytest.raises(SoundError, match="it was stopped"):
        next(sound.blocks())


READER = """
import sys, time
from pathlib import Path
from rehearse.audio.apart import SoundApart

blocks = SoundApart(Path(sys.argv[1]), "long.flac").blocks()
next(blocks)
print("begun", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("hangs", [False, True])
def test_a_reader_that_is_killed_leaves_no_process_behind(long, hangs):
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, long], cwd=TOP, stdout=subprocess.PIPE, text=True
    )
    with reader:
        assert reader.stdout.readline() == "begun\n"
        (child,) = psutil.Process(reader.pid).children()
        if hangs:
            child.suspend()
        reader.kill()
    assert psutil.wait_procs([child], timeout=5) == ([child], [])


def test_many_at_a_time_do_not_disturb_each_other():
    names = ["thin-close", "missing-fit", "missing-thanks", "cheesy"]
    there = {}

    def read(name):
        there[name] = heard(of(sample(name)))

    threads = [threading.Thread(target=read, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert there == {name: heard(SoundFile(sample(name))) for name in names}

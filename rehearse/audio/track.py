"""An audio track, packet by packet: frames as FFmpeg gives them, and gaps where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from rehearse.recording import Samples

LONGEST_GAP_S: Final = 1.0
"""What a damaged packet may state as its length; packets hold a tenth of a second or less."""

RATES_HZ: Final = (4_000, 768_000)
"""What a header may state as samples a second. Ours: telephones have 8000. A damaged
header that states 1 would make an hour of sound out of every 3600 samples."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A packet that could not be decoded: silence in its place keeps later times right."""

    seconds: float

    @classmethod
    def of(cls, packet: Any) -> Gap:
        """The gap that `packet` leaves."""
        if packet.duration is None or packet.time_base is None:
            return cls(0.0)
        return cls(max(0.0, min(LONGEST_GAP_S, float(packet.duration * packet.time_base))))

    def silence(self) -> Samples:
        """Zeros, float32 [shape=(1, n)]."""
        import numpy as np

        return np.zeros((1, round(self.seconds * SAMPLE_RATE)), dtype=np.float32)


class Resampler:
    """To planar float32 at `SAMPLE_RATE`, also where the track changes its shape."""

    def __init__(self) -> None:
        self._shape: tuple[object, ...] | None = None
        self._graph: Any = None

    def resample(self, frame: Any) -> list[Samples]:
        """Planes of float32 [shape=(channels, n)]; None for `frame` flushes."""
        if frame is None:
            return self._through(None)
        done: list[Samples] = []
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            done = self._through(None)
            self._graph = _resampling(frame)
            self._shape = shape
        frame.pts = None
        return done + self._through(frame)

    def _through(self, frame: Any) -> list[Samples]:
        import av

        done: list[Samples] = []
        if self._graph is None:
            return done
        self._graph.push(frame)
        while True:
            try:
                done.append(self._graph.pull().to_ndarray())
            except (av.error.EOFError, av.error.BlockingIOError):
                return done


def _resampling(frame: Any) -> Any:
    """FFmpeg's filters for frames like this one, in no thread but the one that calls them.

    PyAV's own resampler starts as many threads as there are processors, for nothing; where
    a process may start none, it fails.
    """
    import av

    graph = av.filter.Graph()
    graph.threads = 1
    times = {} if frame.time_base is None else {"time_base": str(frame.time_base)}
    source = graph.add(
        "abuffer",
        sample_rate=str(frame.sample_rate),
        sample_fmt=frame.format.name,
        channel_layout=frame.layout.name,
        **times,
    )
    layout = frame.layout.name if frame.layout.nb_channels <= 2 else "stereo"
    shaped = graph.add(
        "aformat", sample_rates=str(SAMPLE_RATE), sample_fmts="fltp", channel_layouts=layout
    )
    sink = graph.add("abuffersink")
    source.link_to(shaped)
    shaped.link_to(sink)
    graph.configure()
    return graph


def frames(opened: Any, track: Any, check: Callable[[], None]) -> Iterator[Any]:
    """Decode `track` of `opened`, with a `Gap` for each packet that is damaged.

    Half a second of damage in a minute of speech is no reason to refuse it.
    Decoders report damage under many numbers, "not permitted" among them.
    `check` is called before each packet, and may raise to end it.
    """
    import av

    # More threads are no faster, and what decodes a stranger's file may start none.
    track.codec_context.thread_count = 1
    packets = opened.demux(track)
    while True:
        check()
        try:
            packet = next(packets)
        except IndexError:
            # A track that begins in the middle of the file, which PyAV does not know.
            packets = opened.demux(track)
            continue
        except (StopIteration, av.error.FFmpegError):
            return
        try:
            decoded = packet.decode()
        except av.error.EOFError:
            continue
        except av.error.FFmpegError:
            yield Gap.of(packet)
            continue
        for frame in decoded:
            if RATES_HZ[0] <= frame.sample_rate <= RATES_HZ[1]:
                yield frame

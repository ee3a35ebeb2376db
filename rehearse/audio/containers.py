"""What FFmpeg may make of a file: a recording, and nothing beside the file itself.

Some of what FFmpeg reads is no recording but a list of other files and addresses (HLS, DASH,
concat, SDP …), which it opens in turn.  A file that somebody was sent could so call another
machine, or have another file heard.  Here nothing is read but what the file itself holds: it
is handed over open, only containers of recordings are looked for, and no protocol is allowed
by which anything else might be opened.  Pictures are never decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import Any, BinaryIO

CONTAINERS: Final = (
    # What phones, browsers and editors write.
    *("wav", "w64", "mp3", "mov", "matroska", "ogg", "flac", "aac", "aiff", "caf", "au"),
    # Films, and what is broadcast.
    *("avi", "asf", "mpegts", "mpeg", "flv", "wtv", "rm", "ac3", "eac3", "dts", "truehd"),
    # Dictation machines and telephones.
    *("amr", "amrnb", "amrwb", "dss", "qcp", "gsm", "voc", "oma", "loas"),
    # Lossless, and older.
    *("ape", "wv", "tta", "tak", "dsf", "mpc", "mpc8", "sox", "nut"),
)
"""FFmpeg's names of them; none of them refers to anything outside its file."""

CODERS: Final = frozenset(
    (
        *("aac", "aac_fixed", "aac_latm", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float"),
        *("opus", "libopus", "vorbis", "flac", "alac", "speex", "wavpack", "ape", "tta", "tak"),
        *("ac3", "ac3_fixed", "eac3", "dca", "truehd", "mlp", "als", "mpc7", "mpc8", "s302m"),
        *("wmav1", "wmav2", "wmapro", "wmavoice", "wmalossless", "cook", "real_144", "real_288"),
        *("amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "gsm", "gsm_ms", "ilbc"),
        *("qcelp", "evrc", "dss_sp", "g722", "g723_1", "g726", "g726le", "g729", "truespeech"),
        *("atrac1", "atrac3", "atrac3plus", "nellymoser", "sipr", "mace3", "mace6", "shorten"),
        *("adpcm_ima_wav", "adpcm_ima_qt", "adpcm_ima_oki", "adpcm_ms", "adpcm_swf"),
        *("adpcm_yamaha", "adpcm_ct", "adpcm_sbpro_2", "adpcm_sbpro_3", "adpcm_sbpro_4"),
        *("dsd_lsbf", "dsd_lsbf_planar", "dsd_msbf", "dsd_msbf_planar"),
        *("pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd", "pcm_s8", "pcm_s8_planar", "pcm_u8"),
        *("pcm_s16be", "pcm_s16be_planar", "pcm_s16le", "pcm_s16le_planar", "pcm_u16be"),
        *("pcm_u16le", "pcm_s24be", "pcm_s24le", "pcm_s24le_planar", "pcm_u24be", "pcm_u24le"),
        *("pcm_s32be", "pcm_s32le", "pcm_s32le_planar", "pcm_u32be", "pcm_u32le", "pcm_s64be"),
        *("pcm_s64le", "pcm_f16le", "pcm_f24le", "pcm_f32be", "pcm_f32le", "pcm_f64be"),
        "pcm_f64le",
    )
)
"""FFmpeg's names of the decoders that are run: of sound alone, as recordings hold it."""


def contained(file: BinaryIO) -> Any:
    """Open the container in `file`, which can seek and has a name.

    Returns
    -------
    Any
        PyAV's container, to be used in a `with`.

    Raises
    ------
    ValueError
        Where it is none of `CONTAINERS`; PyAV's own errors are let through.
    """
    import av

    options = {
        "format_whitelist": ",".join(CONTAINERS),
        "codec_whitelist": ",".join(sorted(CODERS)),
        # None at all: what is read is open already.
        "protocol_whitelist": "",
    }
    try:
        return av.open(file, metadata_errors="ignore", container_options=options)
    except av.error.ArgumentError as error:
        raise ValueError("it is of no kind that recordings come in") from error

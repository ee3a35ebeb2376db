"""What a voice sounds like, as a vector: near for one person, far for two.

Resemblyzer's encoder (Wan et al., "Generalized end-to-end loss for speaker
verification", ICASSP 2018; weights by Resemble AI, Apache-2.0).  It was trained on
stretches of 1.6 s, and stretches of that length are what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import ModelError
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.recording import Samples

STRETCH_S: Final = 1.6
LEVEL_DBFS: Final = -30.0
"""What the encoder was trained on."""


class VoiceEncoder:
    """The network.

    Parameters
    ----------
    path
        `models/voices/voices.onnx`, verified.
    threads
        CPU threads; 0 is one for each core.

    Raises
    ------
    ModelError
        Where it does not load.
    """

    def __init__(self, path: Path, *, threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has no tree of errors
            raise ModelError(
                f"The weights that tell voices apart in {path.name} did not load: {error}.",
                hint="Install rehearse again; `rehearse models --verify` says what is damaged.",
            ) from error

    def embed(self, stretches: Sequence[Samples]) -> NDArray[np.float32]:
        """Give the vector of each stretch.

        Parameters
        ----------
        stretches
            Each float32 [shape=(n,)], in [-1, 1], at most `STRETCH_S`; a shorter one is
            repeated up to that.

        Returns
        -------
        float32 [shape=(stretches, 256)], each of length 1
        """
        import numpy as np

        length = round(STRETCH_S * SAMPLE_RATE)
        batch = np.stack([np.resize(_levelled(each), length) for each in stretches])
        vectors: NDArray[np.float32] = self._session.run(None, {"samples": batch})[0]
        return vectors


def _levelled(samples: Samples) -> Samples:
    import numpy as np

    rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
    levelled: Samples = (samples * (10 ** (LEVEL_DBFS / 20) / max(rms, 1e-9))).astype(np.float32)
    return levelled

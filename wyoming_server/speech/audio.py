"""Audio of any usual format as mono samples at 16 kHz."""

import wave
from pathlib import Path

import numpy as np
from wyoming.audio import AudioChunk, AudioChunkConverter

from ..failure import Failure, RequestError
from .ear import RATE, Samples

RATES = range(4000, 48_001)
WIDTHS = (1, 2, 3, 4)
CHANNELS = (1, 2)


class Stream:
    """Chunks of one audio stream, converted as they come; a chunk may end inside a sample."""

    def __init__(self, rate: object, width: object, channels: object) -> None:
        """Raises RequestError "audio-format" for a format that cannot be converted."""
        if not (_whole(rate) and _whole(width) and _whole(channels)):
            raise RequestError("audio-format", "Audio needs rate, width and channels as whole numbers.")
        if rate not in RATES or width not in WIDTHS or channels not in CHANNELS:
            raise RequestError(
                "audio-format",
                "Audio must have 4,000 to 48,000 samples a second, 1 to 4 bytes a sample, and one or two channels.",
            )
        self.format = (int(str(rate)), int(str(width)), int(str(channels)))
        self._converter = AudioChunkConverter(RATE, 2, 1)
        self._rest = b""

    def convert(self, audio: bytes) -> Samples:
        """The samples of the next bytes."""
        rate, width, channels = self.format
        audio = self._rest + audio
        whole = len(audio) - len(audio) % (width * channels)
        self._rest = audio[whole:]
        if not whole:
            return np.zeros(0, np.float32)
        chunk = self._converter.convert(AudioChunk(rate, width, channels, audio[:whole]))
        return np.frombuffer(chunk.audio, "<i2").astype(np.float32) / np.float32(32768)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def read_wav(path: Path) -> tuple[bytes, Stream]:
    """The audio of a WAV file and what converts it; raises Failure with one sentence where there is none."""
    try:
        with wave.open(str(path), "rb") as wav:
            stream = Stream(wav.getframerate(), wav.getsampwidth(), wav.getnchannels())
            return wav.readframes(wav.getnframes()), stream
    except FileNotFoundError as error:
        raise Failure("there is no such file") from error
    except (OSError, EOFError, wave.Error, RequestError) as error:
        raise Failure(f"not a WAV file that can be read: {error}") from error

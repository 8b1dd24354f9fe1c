"""What the server says about itself: one program that hears and one that understands, where their models are loaded."""

from wyoming.info import AsrModel, AsrProgram, Attribution, Info, IntentModel, IntentProgram

from . import __version__
from .speech.ear import Ear
from .translation.request import Translator

NAME = "local-llm-voice"
OURS = Attribution("Local LLM Voice", "https://github.com/local-llm-voice/local-llm-voice")


def describe(ear: Ear | None, translator: Translator | None, *, endpointing: bool) -> Info:
    """The answer to `describe`."""
    info = Info()
    if ear is not None:
        description = f"Speech to text with {ear.name}"
        model = AsrModel(
            ear.name, OURS, installed=True, description=description, version=None, languages=list(ear.languages)
        )
        info.asr = [
            AsrProgram(
                NAME,
                OURS,
                installed=True,
                description="Local LLM Voice hears",
                version=__version__,
                models=[model],
                supports_transcript_streaming=True,
                requires_external_vad=not endpointing,
            )
        ]
    if translator is not None:
        description = f"Function calls with {translator.name}"
        languages = list(translator.languages)
        intents = IntentModel(
            translator.name, OURS, installed=True, description=description, version=None, languages=languages
        )
        info.intent = [
            IntentProgram(
                NAME,
                OURS,
                installed=True,
                description="Local LLM Voice understands",
                version=__version__,
                models=[intents],
            )
        ]
    return info

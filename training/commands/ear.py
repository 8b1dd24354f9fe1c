"""`python -m training ear`: speaks utterances, trains the ear on them, exports it, measures it."""

import argparse
import json
import random
import sys
from pathlib import Path

from training.ear.sentences import choose, is_held_out, mix_words, of_common_words, read_sentences
from training.tracking.run import record_run

_RUN = Path("training/runs/ear")
_SHIPPED = Path("wyoming_server/models/ear")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The four steps, each with its options."""
    steps = parser.add_subparsers(dest="step", required=True)

    speak = steps.add_parser("speak", help="speak sentences with synthetic voices into a folder")
    speak.add_argument("texts", nargs="+", type=Path, help="*.txt (a sentence a line) or *.jsonl (text, lang)")
    speak.add_argument("--count", type=int, default=20_000, help="how many clips")
    speak.add_argument("--mixes", type=float, default=0.15, help="share of clips that are random words")
    speak.add_argument(
        "--common", type=int, default=3, help="sentences with a word that occurs less often are left out"
    )
    speak.add_argument("--most-words", type=int, default=14, help="longer sentences are left out")
    speak.add_argument("--held-out", action="store_true", help="only kept-back sentences, with kept-back voices")
    speak.add_argument("--language", default="en")
    speak.add_argument("--seed", type=int, default=1, help="another seed adds other clips to the same folder")
    speak.add_argument("--processes", type=int, default=1)
    speak.add_argument("--into", type=Path, default=_RUN / "speech")

    train = steps.add_parser("train", help="train, or go on training")
    train.add_argument("--minutes", type=float, default=60)
    train.add_argument("--threads", type=int, default=1)
    train.add_argument("--rows", type=int, default=16, help="clips a step")
    train.add_argument("--learning-rate", type=float, default=1.2e-3)
    train.add_argument("--width", type=int, default=192)
    train.add_argument("--encoder-layers", type=int, default=5)
    train.add_argument("--decoder-layers", type=int, default=2)
    train.add_argument("--device", default="cpu")
    train.add_argument("--speech", type=Path, default=_RUN / "speech")
    train.add_argument("--run", type=Path, default=_RUN)

    export = steps.add_parser("export", help="write the CTranslate2 folder that faster-whisper loads")
    export.add_argument("--quantization", default="int8")
    export.add_argument("--languages", nargs="+", default=["en"], help="the languages the training spoke")
    export.add_argument("--run", type=Path, default=_RUN)
    export.add_argument("--into", type=Path, default=_SHIPPED)

    measure = steps.add_parser("measure", help="word error rate with its interval")
    measure.add_argument("--speech", type=Path, help="a folder that `speak` made")
    measure.add_argument("--recordings", type=Path, help="a folder of recordings with a manifest.jsonl")
    measure.add_argument("--noise", type=float, help="add noise this many decibels below the speech")
    measure.add_argument("--most", type=int, default=300, help="clips at most")
    measure.add_argument("--language", default="en")
    measure.add_argument("--model", type=Path, default=_SHIPPED)
    measure.add_argument("--show", type=int, default=0, help="print this many mistakes")


def run(arguments: argparse.Namespace) -> int:
    """Runs one step. The modules are imported here, because most steps need only some of them."""
    steps = {"speak": _speak, "train": _train, "export": _export, "measure": _measure}
    return steps[arguments.step](arguments)


def _speak(arguments: argparse.Namespace) -> int:
    from training.ear.speak import speak_all

    chance = random.Random(arguments.seed)
    sentences = [
        sentence
        for sentence in of_common_words(read_sentences(arguments.texts, arguments.language), arguments.common)
        if is_held_out(sentence) is arguments.held_out and len(sentence.split()) <= arguments.most_words
    ]
    if not sentences:
        print("no sentences in", *arguments.texts, file=sys.stderr)
        return 1
    mixes = 0 if arguments.held_out else round(arguments.count * arguments.mixes)
    texts = choose(sentences, arguments.count - mixes, chance) + mix_words(sentences, mixes, chance)
    chance.shuffle(texts)
    settings = {"seed": arguments.seed, "processes": arguments.processes, "language": arguments.language}
    count = speak_all(texts, arguments.into, **settings, held_out=arguments.held_out)
    print(f"{count} clips in {arguments.into}")
    return 0


def _train(arguments: argparse.Namespace) -> int:
    import torch

    from training.allocation import keep_freed_memory
    from training.ear.train import Course, TrainingPlan

    keep_freed_memory()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    plan = TrainingPlan(
        minutes=arguments.minutes,
        rows=arguments.rows,
        learning_rate=arguments.learning_rate,
        width=arguments.width,
        encoder_layers=arguments.encoder_layers,
        decoder_layers=arguments.decoder_layers,
    )
    with record_run("ear-train", seed=plan.seed, config=vars(arguments)) as recorded:
        course = Course(arguments.run, arguments.speech, plan, arguments.device)
        progress = arguments.run / "progress.jsonl"
        earlier = len(progress.read_text(encoding="utf-8").splitlines()) if progress.exists() else 0
        try:
            course.run()
        finally:
            lines = progress.read_text(encoding="utf-8").splitlines()[earlier:] if progress.exists() else []
            for line in lines:
                recorded.log(**json.loads(line))
        recorded.metrics.update(json.loads(lines[-1]) if lines else {})
        recorded.metrics["clips"] = len(course.utterances)
        recorded.inputs({"checkpoint": arguments.run / "ear.pt"})
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from training.ear.export import export

    size = export(arguments.run, arguments.into, arguments.quantization, arguments.languages)
    print(f"{arguments.into}: {size / 1e6:.1f} MB")
    return 0


def _measure(arguments: argparse.Namespace) -> int:
    from training.ear.measure import measure, recordings, spoken_clips

    sets = {}
    if arguments.speech:
        sets[str(arguments.speech)] = spoken_clips(arguments.speech, arguments.most)
    if arguments.recordings:
        for kind in ("human", "synthetic"):
            sets[f"{arguments.recordings}, {kind}"] = recordings(arguments.recordings, arguments.language, kind)
    with record_run("ear-measure", inputs={"model": arguments.model}, config=vars(arguments)) as recorded:
        for name, utterances in sets.items():
            result = measure(arguments.model, utterances, arguments.language, arguments.noise)
            low, high = result.interval()
            figures = {"rate": result.rate(), "low": low, "high": high, "exact": result.exact()}
            recorded.metrics[name] = {"n": len(result.said)} | {key: round(value, 2) for key, value in figures.items()}
            print(f"{name}: {result}")
            for mistake in list(result.mistakes())[: arguments.show]:
                print(mistake)
    return 0

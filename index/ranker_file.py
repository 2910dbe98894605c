"""The trained ranker on disk: ``ranker.npz`` with its arrays, ``ranker.json`` with all else."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from index.errors import RankerError
from index.ngrams import NGrams
from index.ranker import Calibration, Ranker

TRAINED = Path(__file__).parent / "trained"
ADAPTER = "adapter.npz"


def save_ranker(ranker: Ranker, folder: Path) -> None:
    """Write both files; the word weights as float16, which loses nothing that ranks."""
    np.savez_compressed(
        folder / "ranker.npz",
        center=ranker.center,
        prototypes=ranker.prototypes,
        weights=ranker.weights.astype(np.float16),
        bias=ranker.bias,
        prior=ranker.prior,
        idf=ranker.ngrams.idf,
    )
    about = {
        "targets": ranker.targets,
        "calibration": asdict(ranker.calibration),
        "features": list(ranker.ngrams.rows),
    }
    text = json.dumps(about, ensure_ascii=False, indent=0)
    (folder / "ranker.json").write_text(text + "\n", encoding="utf-8")


def load_ranker(folder: Path = TRAINED) -> Ranker:
    """Read a trained ranker; RankerError when it is missing or damaged."""
    try:
        about = json.loads((folder / "ranker.json").read_text(encoding="utf-8"))
        with np.load(folder / "ranker.npz") as arrays:
            ngrams = NGrams({n: row for row, n in enumerate(about["features"])}, arrays["idf"])
            calibration = about["calibration"]
            return Ranker(
                targets=tuple(about["targets"]),
                center=arrays["center"],
                prototypes=arrays["prototypes"],
                ngrams=ngrams,
                weights=arrays["weights"].astype(np.float32),
                bias=arrays["bias"],
                prior=arrays["prior"],
                calibration=Calibration(**{**calibration, "inside": tuple(calibration["inside"])}),
            )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RankerError(
            f"the trained ranker in '{folder}' cannot be used ({error}); "
            "make it again: python -m index train"
        ) from error

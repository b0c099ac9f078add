"""Says by which seed the questions are made up."""

import tomllib
from pathlib import Path


def pytest_report_header():
    settings = tomllib.loads((Path(__file__).parent / "schemathesis.toml").read_text())
    return f"schemathesis seed: {settings['seed']}"

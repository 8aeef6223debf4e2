"""The pinned CDK command line with the Node it needs: `python -m local.cdk deploy --all`."""

import os
import sys
from collections.abc import Sequence

from local.steps import ROOT
from local.toolchain import CDK, node_environment, node_folder


def command(*arguments: str) -> list[str]:
    return [
        str(node_folder() / "node"),
        str(CDK),
        "--app",
        f"{sys.executable} -m infra.app",
        "--no-notices",
        *arguments,
    ]


def main(arguments: Sequence[str]) -> None:
    line = command(*arguments)
    os.chdir(ROOT)
    os.execve(line[0], line, {**os.environ, **node_environment()})  # noqa: S606 - the CDK speaks to the terminal itself


if __name__ == "__main__":
    main(sys.argv[1:])

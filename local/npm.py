"""npm in the web workspaces, with the Node that the toolchain chose: `python -m local.npm test`."""

import os
import sys

from local.toolchain import WEB, node_environment, node_folder

if __name__ == "__main__":
    line = [str(node_folder() / "npm"), *sys.argv[1:]]
    os.chdir(WEB)
    os.execve(line[0], line, {**os.environ, **node_environment()})  # noqa: S606 - npm speaks to the terminal itself

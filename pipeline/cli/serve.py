"""``serve``: the built glossary in a browser, for this machine alone."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.app import main, say
from pipeline.errors import InputError


@main.command()
def serve(port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="0 takes any that is free.")] = 8000) -> None:
    """Show glossary/built/ in a browser on this machine (127.0.0.1), until Ctrl-C.

    The page also opens from disk, without this: glossary/built/index.html.

    \b
    Examples:
      duizhao serve
      duizhao serve --port 0
    """
    from pipeline.serve import server
    from pipeline.workspace import Workspace

    built = Workspace().built
    if not (built / "index.html").is_file():
        raise InputError(str(built / "index.html"), "there is no built glossary yet", remedy="build it with: make all")
    try:
        serving = server(built, port)
    except OSError as error:
        raise InputError(f"port {port}", (error.strerror or str(error)).lower(), remedy="choose another with --port") from None
    with serving:
        say(f"http://127.0.0.1:{serving.server_address[1]}/ (Ctrl-C ends)")
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            say("")

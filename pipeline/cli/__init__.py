"""The command: argument parsing, and where its output goes. What is done, is done by the library.

Each module holds the commands of one subject and adds them to ``main``; nothing heavy is imported before a command runs.
"""

from pipeline.cli import align, check, decide, export, filters, glossary, imports, review, runs, serve
from pipeline.cli.app import main

__all__ = ["align", "check", "decide", "export", "filters", "glossary", "imports", "main", "review", "runs", "serve"]

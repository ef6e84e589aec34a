"""Mistakes that a person can mend, said in one line."""

from __future__ import annotations


class InputError(Exception):
    """Bad input: which file, where in it, what is wrong, what to do. Shown as one line, exit status 2.

    >>> from pipeline import InputError, read
    >>> try:
    ...     read("raw/no-such-report.txt")
    ... except InputError as error:
    ...     print(error)
    raw/no-such-report.txt: No such file or directory
    """

    def __init__(self, file: str, problem: str, *, place: str = "", remedy: str = ""):
        self.file, self.place, self.problem, self.remedy = file, place, problem, remedy
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:  # exceptions with keyword arguments do not survive a process pool otherwise
        return _rebuild, (self.file, self.problem, self.place, self.remedy)


def _rebuild(file: str, problem: str, place: str, remedy: str) -> InputError:
    return InputError(file, problem, place=place, remedy=remedy)

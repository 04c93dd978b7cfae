#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program becomes and how it runs depends on nothing of the process: the IR, the code array and the whole trace are the same bytes
in two processes, whose addresses the system chooses anew each time, and under a locale that writes 1,5."""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
from tap import Tap  # noqa: E402

CLI = os.environ['HEAPWISE_CLI']
TESTS = os.environ['HEAPWISE_TESTS']
# Every n-th program of a folder: all of them would say no more.
FOLDERS = (('ir/programs/*.hwir', 4), ('programs/*.c', 12))
MAX_STEPS = 300


def run(command, path, comma):
    environment = dict(os.environ, MALLOC_PERTURB_='23' if comma else '0')
    if comma:
        environment.update(LOCPATH=os.environ.get('HEAPWISE_LOCALES', ''), LC_ALL='de_DE.UTF-8')
    result = subprocess.run([CLI] + command + [path], env=environment, stdin=subprocess.DEVNULL,
                            capture_output=True, timeout=60)
    return result.stdout, result.returncode


def main():
    tap = Tap()
    for pattern, step in FOLDERS:
        for path in sorted(glob.glob(os.path.join(TESTS, pattern)))[::step]:
            problems = []
            for command in (['ir'], ['ir', '--code'], ['trace', '--to', str(MAX_STEPS)]):
                first = run(command, path, False)
                for comma in (False, True):
                    if run(command, path, comma) != first:
                        problems.append('%s differs' % ' '.join(command))
            tap.point(os.path.basename(path), problems)
    tap.finish()


main()

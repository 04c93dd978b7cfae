#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the files are laid out: clang-format, first lines, white space, names.

Programs for learners (tests/programs, src/…/library) keep their own layout.
"""
import collections
import os
import subprocess
import sys

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
sys.path.insert(0, TESTS)
from tap import Tap

SPDX = 'SPDX-License-Identifier: '
WITH_SPDX = ('.c', '.h', '.def', '.py', '.css', '.ui', 'meson.build')
TEXT = WITH_SPDX + ('.md', '.json', '.xml', '.in', '.ini', '.txt')
# One of these in every folder is as it should be.
MAY_REPEAT = ('meson.build', 'README.md')


def is_ours(name):
    """Among programs for learners: what runs them."""
    return name.startswith(('test-', 'expected-program.')) or name == 'meson.build'


def find_files(*folders):
    for top in folders:
        for folder, subfolders, names in os.walk(os.path.join(ROOT, top)):
            subfolders[:] = sorted(name for name in subfolders if name not in ('library', '__pycache__'))
            for name in sorted(names):
                if 'programs' not in folder.split(os.sep) or is_ours(name):
                    yield os.path.join(folder, name)


def show(path):
    return os.path.relpath(path, ROOT)


def find_unformatted(paths):
    command = ['clang-format-14', '--dry-run', '-Werror', *map(show, paths)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [line for line in result.stderr.splitlines() if 'error:' in line]


def find_white_space(paths):
    for path in paths:
        with open(path, encoding='utf-8') as file:
            text = file.read()
        if text and not text.endswith('\n'):
            yield '%s: the last line has no end' % show(path)
        for number, line in enumerate(text.split('\n'), 1):
            if line != line.rstrip():
                yield '%s:%d: white space at the end of the line' % (show(path), number)
            if '\t' in line:
                yield '%s:%d: a tab' % (show(path), number)


def find_without_spdx(paths):
    for path in paths:
        with open(path, encoding='utf-8') as file:
            first = file.readline() + file.readline()
        if SPDX not in first:
            yield '%s: the first line does not say the licence' % show(path)


def find_without_once(paths):
    for path in paths:
        with open(path, encoding='utf-8') as file:
            if '#pragma once\n' not in file:
                yield '%s: no #pragma once' % show(path)


def find_repeated(paths):
    places = collections.defaultdict(list)
    for path in paths:
        places[os.path.basename(path)].append(show(path))
    for name, where in places.items():
        if len(where) > 1 and name not in MAY_REPEAT:
            yield ' and '.join(where)


def main():
    tap = Tap()
    all_files = list(find_files('src', 'tests', 'data', 'lessons', 'po'))
    code = [path for path in all_files if path.endswith(('.c', '.h'))]
    tap.point('clang-format would change nothing', find_unformatted(code))
    tap.point('white space', find_white_space(path for path in all_files if path.endswith(TEXT)))
    tap.point('licence in the first line', find_without_spdx(path for path in all_files if path.endswith(WITH_SPDX)))
    tap.point('#pragma once', find_without_once(path for path in code if path.endswith('.h')))
    tap.point('file names are unique in src', find_repeated(find_files('src')))
    tap.finish()


main()

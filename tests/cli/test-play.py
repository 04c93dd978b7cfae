#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`heapwise-cli play` in a terminal: questions hold, are judged, hinted at, shown and skipped.

Argument: heapwise-cli.
"""
import os
import pty
import select
import sys

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

CLI = sys.argv[1]
LESSON = os.path.join(os.path.dirname(TESTS), 'lessons', 'c-malloc-free.lesson.json')

# What is typed, and what must be said before the next prompt.
TALK = [
    ('', ['step 2 of 10']),
    ('g 10', ['step 4 of 10', 'What will the program find in them?', 'h shows a hint']),
    ('2', ['calloc promises zeros.']),
    ('', ['h shows a hint']),
    ('b', ['step 3 of 10']),
    ('o', ['step 4 of 10', 'What will the program find in them?']),
    ('1', ['Right.', 'Each byte shows a question mark']),
    ('', ['step 5 of 10', 'Where do these three live']),
    ('stack heap', ['Give each of them a place first.']),
    ('heap heap stack', ['2 of them are right.']),
    ('stack heap stack', ['Right.', 'How many bytes does the block take']),
    ('h', ['header of 16 bytes']),
    ('h', ['multiple of 16']),
    ('h', ['There are no more hints.']),
    ('5', ['It is another number.']),
    ('many', ['Write a number']),
    ('0x20', ['Right.', '11 of padding']),
    ('', ['step 6 of 10', 'Which number is it?']),
    ('!', ['8']),
    ('', ['step 7 of 10', 'How many blocks will be live']),
    ('-', ['0']),
    ('g 10', ['step 10 of 10']),
    ('g 11', ['There are steps 1 to 10.']),
]


def read_until_prompt(terminal):
    text = ''
    while not text.endswith('\n> '):
        ready, _, _ = select.select([terminal], [], [], 30)
        if not ready:
            raise RuntimeError('nothing is said any more: ' + text)
        text += os.read(terminal, 65536).decode('utf-8', 'replace').replace('\r\n', '\n')
    return text


def main():
    tap = Tap()
    child, terminal = pty.fork()
    if child == 0:
        os.execv(CLI, [CLI, 'play', LESSON])
    read_until_prompt(terminal)
    for typed, said in TALK:
        os.write(terminal, (typed + '\n').encode())
        text = read_until_prompt(terminal)
        tap.point('“%s”' % typed, ['no %r in %s' % (words, text) for words in said if words not in text])
    os.write(terminal, b'q\n')
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    tap.point('q quits', [] if status == 0 else ['status %d' % status])
    tap.finish()


main()

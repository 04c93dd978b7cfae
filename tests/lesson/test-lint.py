#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule of the linter: a lesson that passes, and the same with one thing changed, which is told with its rule, its place and words.

Argument: heapwise-cli.
"""
import json
import os
import subprocess
import sys
import tempfile

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

CLI = sys.argv[1]
LESSON = os.path.join(os.path.dirname(TESTS), 'lessons', 'c-malloc-free.lesson.json')

# Rule, severity, what is replaced, what stands there then, where the finding is (a part of the changed line), words of it.
ROWS = [
    ('L01', 'error', '"minutes": 10,', '"minutes": 10,,', '"minutes": 10,,', 'a comma too many'),
    ('L02', 'error', 'heapwise-lesson/1.0', 'heapwise-lesson/2.0', '"format"', '2.0'),
    ('L03', 'error', '  "title": "Asking the allocator",\n', '', '{', '`title`'),
    ('L04', 'warning', '"minutes": 10', '"minuets": 10', '"minuets"', '`minuets`'),
    ('L05', 'error', '{"id": "filled"', '{"id": "new-block"', '"id": "new-block", "anchor": {"mark": "fill"', 'taken'),
    ('L07', 'error', '{"id": "gross", "kind": "count", "anchor": {"mark": "fill"}', '{"id": "gross", "kind": "count", "anchor": {"mark": "full"}',
     '"mark": "full"', 'no line'),
    ('L08', 'note', '    int n = 7;"', '    int n = 7;  //@seven"', '//@seven', '`seven`'),
    ('L09', 'error', 'int n = 7;"', 'int n = 7;  //@point"', '//@point', 'two lines'),
    ('L10', 'error', '"anchor": {"mark": "print"}, "probe": "size(word)"', '"anchor": {"line": 10, "text": "printf"}, "probe": "size(word)"',
     '"text": "printf"', 'does not stand on line 10'),
    ('L11', 'error', '"anchor": {"mark": "print", "when": "after"}', '"anchor": {"mark": "print", "visit": 2, "when": "after"}', '"visit": 2',
     'never gets here'),
    ('L12', 'error', '"probe": "size(word)"', '"probe": "size(wurd)"', '"probe": "size(wurd)"', 'no variable `wurd`'),
    ('L13', 'error', '"answer": 32', '"answer": 5', '"answer": 5', '`32`'),
    ('L14', 'error', '"text": "Nothing it may rely on", "correct": true', '"text": "Nothing it may rely on"', '"options"', 'none of these'),
    ('L14', 'error', '"text": "Five zeros"', '"text": "The number 5"', '"text": "The number 5"', 'same text'),
    ('L15', 'note', ', "misconception": "uninit-is-zero", "feedback": "calloc promises zeros. malloc hands over whatever lies there, and a program must '
     'write before it reads."', '', '"id": "zeros"', '`zeros`'),
    ('L21', 'error', '"output": "heap 7 8\\n"', '"output": "heap 7 4\\n"', '"output": "heap 7 4', 'heap 7 8'),
    ('L22', 'warning', 'strcpy wrote 5 bytes', 'strcpy wrote 5 bytes' + ' indeed' * 50, ' indeed indeed', 'characters, more than 300'),
    ('L23', 'warning', '"license": "CC-BY-SA-4.0"', '"license": "as you like"', '"license"', 'no SPDX licence'),
    ('L25', 'warning', 'The block is exactly full.', 'The red box is full.', 'The red box', '“red”'),
]


def test(folder, text):
    path = os.path.join(folder, 'linted.lesson.json')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    run = subprocess.run([CLI, 'test', '--quiet', '--report=json', path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8', timeout=60)
    return run.returncode, json.loads(run.stderr.splitlines()[-1])


def find_problems(folder, base, row):
    rule, severity, old, new, place, words = row
    if base.count(old) < 1:
        return ['the lesson has no %r any more' % old]
    text = base.replace(old, new, 1)
    status, report = test(folder, text)
    lines = {i + 1 for i, line in enumerate(text.splitlines()) if place in line}
    found = [item for item in report.get('diagnostics', []) if item['code'] == rule]
    if not found:
        return ['no %s: %s' % (rule, report)]
    if not any(item['severity'] == severity and words in item['message'] and item['line'] in lines for item in found):
        return ['wanted %s on %s with %r: %s' % (severity, sorted(lines), words, found)]
    if status != (1 if severity == 'error' else 0):
        return ['status %d' % status]
    return []


def main():
    with open(LESSON, encoding='utf-8') as file:
        base = file.read()
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        status, report = test(folder, base)
        tap.point('nothing is found in the lesson as it is', [report] if status != 0 or report.get('diagnostics') else [])
        for row in ROWS:
            tap.point('%s: %s' % (row[0], row[3][:50].replace('\n', ' ') or 'left out'), find_problems(folder, base, row))
    tap.finish()


main()

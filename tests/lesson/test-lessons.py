#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lessons hold, and nothing in them holds by chance: each answer, expectation and mark that is altered makes `heapwise-cli test` fail.

Argument: heapwise-cli.
"""
import copy
import glob
import json
import os
import subprocess
import sys
import tempfile

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

CLI = sys.argv[1]
LESSONS = os.path.join(os.path.dirname(TESTS), 'lessons')
MARK = '//@'


def holds(folder, lesson):
    path = os.path.join(folder, 'altered.lesson.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(lesson, file)
    status = subprocess.run([CLI, 'test', '--quiet', path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode
    if status not in (0, 1):
        raise RuntimeError('status %d' % status)
    return status == 0


def list_marks(lesson):
    return [line.split(MARK)[1].strip() for program in lesson['programs'] for line in program['source'] if MARK in line]


def list_used(value, found):
    """All marks that anchors and answers name."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and (key == 'mark' or (key == 'answer' and value.get('kind') == 'which-line')):
                found.add(item)
            list_used(item, found)
    elif isinstance(value, list):
        for item in value:
            list_used(item, found)
    return found


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    if isinstance(value, list):
        return [other(item) for item in value]
    return value + 'x'


def set_answer(lesson, i, answer, mark=None):
    """Another answer; and another mark in the expectation that proves it."""
    altered = copy.deepcopy(lesson)
    altered['questions'][i]['answer'] = answer
    for expect in altered.get('expect', []):
        if mark and expect.get('question') == altered['questions'][i]['id']:
            expect['mark'] = mark
    return altered


def alter_lines(lesson, i, question):
    """The proof of a line must not hold for another one, not even when it names that one too."""
    marks = list_marks(lesson)
    proofs = [expect['mark'] for expect in lesson.get('expect', []) if expect.get('question') == question['id'] and 'mark' in expect]
    yield 'no expectation proves the answer of %s' % question['id'], None if proofs else lesson
    for mark in [mark for mark in marks if mark not in proofs]:
        yield '%s is answered by %s' % (question['id'], mark), set_answer(lesson, i, mark)
        if isinstance(question['answer'], str):
            yield '%s is answered by %s, and proved so' % (question['id'], mark), set_answer(lesson, i, mark, mark)
        else:
            yield '%s is proved to be %s' % (question['id'], mark), set_answer(lesson, i, question['answer'], mark)
    if not isinstance(question['answer'], str):
        for event in ('call', 'print', 'fault'):
            yield '%s is answered by the event %s' % (question['id'], event), set_answer(lesson, i, {'event': event})


def alter_answers(lesson):
    for i, question in enumerate(lesson.get('questions', [])):
        if 'answer' not in question:
            continue
        if question['kind'] == 'which-line':
            yield from alter_lines(lesson, i, question)
            continue
        answer = other(question['answer'])
        yield 'the answer of %s becomes %s' % (question['id'], answer), set_answer(lesson, i, answer)


def alter_options(lesson):
    for i, question in enumerate(lesson.get('questions', [])):
        if question['kind'] != 'choose':
            continue
        for j, option in enumerate(question['options']):
            if option.get('correct'):
                continue
            altered = copy.deepcopy(lesson)
            for item in altered['questions'][i]['options']:
                item.pop('correct', None)
            altered['questions'][i]['options'][j]['correct'] = True
            yield 'the key of %s becomes %s' % (question['id'], option['id']), altered


def alter_expectations(lesson):
    marks = list_marks(lesson)
    ends = ['exit', 'fault', 'limit']
    for i, expect in enumerate(lesson.get('expect', [])):
        for member in ('is', 'output', 'fault', 'error'):
            if member in expect:
                altered = copy.deepcopy(lesson)
                altered['expect'][i][member] = other(expect[member])
                yield 'expect %d: another %s' % (i, member), altered
        for member, step in (('atMost', -1e9), ('atLeast', 1e9)):
            if member in expect:
                altered = copy.deepcopy(lesson)
                altered['expect'][i][member] = expect[member] + step
                yield 'expect %d: another %s' % (i, member), altered
        if 'ends' in expect:
            altered = copy.deepcopy(lesson)
            altered['expect'][i]['ends'] = next(end for end in ends if end != expect['ends'])
            yield 'expect %d: another end' % i, altered
        if 'mark' in expect:
            altered = copy.deepcopy(lesson)
            altered['expect'][i]['mark'] = next(mark for mark in marks if mark != expect['mark'])
            yield 'expect %d: another mark' % i, altered


def alter_marks(lesson):
    used = list_used({key: value for key, value in lesson.items() if key != 'programs'}, set())
    for mark in sorted(used):
        altered = copy.deepcopy(lesson)
        for program in altered['programs']:
            program['source'] = [line.replace(MARK + mark, MARK + mark + '-gone') if line.endswith(MARK + mark) else line
                                 for line in program['source']]
        yield 'the mark %s goes' % mark, altered


def main():
    paths = sorted(glob.glob(os.path.join(LESSONS, '*.lesson.json')))
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            with open(path, encoding='utf-8') as file:
                lesson = json.load(file)
            name = os.path.basename(path)
            tap.point('%s holds' % name, [] if holds(folder, lesson) else ['it does not'])
            for alter in (alter_answers, alter_options, alter_expectations, alter_marks):
                for what, altered in alter(lesson):
                    tap.point('%s: %s' % (name, what), ['it still holds'] if altered is not None and holds(folder, altered) else [])
    tap.finish()


main()

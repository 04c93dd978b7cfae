#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schemas are valid JSON Schema (draft 2020-12), and every lesson fits its own."""
import glob
import json
import os
import sys

import jsonschema

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
sys.path.insert(0, TESTS)
from tap import Tap


def read_json(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def find_schema_problems(schema):
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return [error.message]
    return []


def find_misfits(schema, document):
    for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
        yield '/%s: %s' % ('/'.join(map(str, error.absolute_path)), error.message)


def main():
    tap = Tap()
    for path in sorted(glob.glob(os.path.join(ROOT, 'data', '*.schema.json'))):
        tap.point(os.path.basename(path), find_schema_problems(read_json(path)))
    schema = read_json(os.path.join(ROOT, 'data', 'lesson-1.schema.json'))
    for path in sorted(glob.glob(os.path.join(ROOT, 'lessons', '**', '*.lesson.json'), recursive=True)):
        tap.point(os.path.basename(path), find_misfits(schema, read_json(path)))
    tap.finish()


main()

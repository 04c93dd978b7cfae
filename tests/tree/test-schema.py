#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schemas are valid JSON Schema (draft 2020-12), every lesson fits its own, and the reader's tables say what the schema says.

The schema is for other people's tools, the tables (src/lesson/lesson-table.c) are for ours: neither is made from the other.
"""
import glob
import json
import os
import re
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


def read_source(name):
    with open(os.path.join(ROOT, 'src', 'lesson', name), encoding='utf-8') as file:
        return file.read()


def read_words():
    """List of words: the words, as src/lesson/lesson-word.def has them."""
    lists = {}
    for name, word in re.findall(r'^LESSON_WORD \((\w+), \w+, "([^"]+)"\)', read_source('lesson-word.def'), re.MULTILINE):
        lists.setdefault(name, []).append(word)
    return lists


def read_tables():
    """Shape: {member: (required, words or None)}, as src/lesson/lesson-table.c has them."""
    words = read_words()
    rules = re.findall(r'^LESSON_RULE \(\w+, "(\w+)"', read_source('lesson-rule.def'), re.MULTILINE)
    tables = {}
    for name, body in re.findall(r' (\w+)_members\[\] = \{\n(.*?)\n\};', read_source('lesson-table.c'), re.DOTALL):
        table = tables[name] = {}
        for member, row in re.findall(r'^  \{ "([^"]+)", (.*) \},$', body, re.MULTILINE):
            of = re.search(r'lesson_words_(\w+)', row)
            table[member] = ('.required = TRUE' in row, words[of[1]] if of else None)
        if 'lesson-rule.def' in body:
            table.update({rule: (False, words['RULING']) for rule in rules})
    return tables


def find_enum(schema):
    """The words that a value can be, through one level of lists and of alternatives."""
    for part in [schema, schema.get('items', {}), *schema.get('oneOf', [])]:
        if 'enum' in part and all(isinstance(word, str) for word in part['enum']):
            return part['enum']
    return None


def find_differences(table, schema):
    members = {name: part for name, part in schema['properties'].items() if name not in ('comment', '$schema')}
    for name in sorted(table.keys() ^ members.keys()):
        yield '`%s` is in the %s alone' % (name, 'table' if name in table else 'schema')
    for name in sorted(table.keys() & members.keys()):
        required, words = table[name]
        if required != (name in schema.get('required', [])):
            yield '`%s` is required by one of the two' % name
        if sorted(words or []) != sorted(find_enum(members[name]) or []):
            yield '`%s` can be %s or %s' % (name, words, find_enum(members[name]))


def find_schema_of(schema, shape):
    parts = schema['$defs']
    machine = parts['machine']['properties']
    if shape == 'lesson':
        return schema
    if shape in ('heap', 'collector', 'rules'):
        return machine[shape]
    if shape == 'wrong':
        return parts['challenge']['properties']['wrong']['items']
    return parts[shape]


def main():
    tap = Tap()
    for path in sorted(glob.glob(os.path.join(ROOT, 'data', '*.schema.json'))):
        tap.point(os.path.basename(path), find_schema_problems(read_json(path)))
    schema = read_json(os.path.join(ROOT, 'data', 'lesson-1.schema.json'))
    for path in sorted(glob.glob(os.path.join(ROOT, 'lessons', '**', '*.lesson.json'), recursive=True)):
        tap.point(os.path.basename(path), find_misfits(schema, read_json(path)))
    for shape, table in read_tables().items():
        tap.point('the table of %s' % shape, find_differences(table, find_schema_of(schema, shape)))
    tap.finish()


main()

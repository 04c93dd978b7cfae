#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence can be translated, and is, into German.

Arguments: heapwise-cli, the folder with the compiled catalogues, those of xgettext as po/meson.build gives them.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

ROOT = os.path.dirname(TESTS)
PO = os.path.join(ROOT, 'po')
MARKED = re.compile(r'\b(_|N_|C_|ngettext) ?\(\s*"|^ *MESSAGE(_PLURAL)? \(|translatable="yes"', re.M)
PROPERTY = re.compile(r'<property name="(?:label|title|subtitle|tooltip-text|placeholder-text|description)"\s*>([^<]*[a-z][^<]*)<')
# A name is no word.
NAMES = {'Heapwise'}


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', **options)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def list_sources():
    for path in glob.glob(os.path.join(ROOT, 'src', '**', '*'), recursive=True):
        if path.endswith(('.c', '.h', '.def', '.ui')):
            yield os.path.relpath(path, ROOT), read(path)


def list_marked():
    for path, text in list_sources():
        if MARKED.search(text):
            yield path
    for path in glob.glob(os.path.join(ROOT, 'data', '*.in')) + glob.glob(os.path.join(ROOT, 'data', '*.gschema.xml')):
        yield os.path.relpath(path, ROOT)


def find_list_problems():
    listed = [line for line in read(os.path.join(PO, 'POTFILES.in')).splitlines() if line and line[0] != '#']
    marked = set(list_marked())
    yield from ('%s is not in POTFILES.in' % path for path in sorted(marked - set(listed)))
    yield from ('%s has nothing to translate' % path for path in sorted(set(listed) - marked))
    if listed != sorted(set(listed)):
        yield 'POTFILES.in is not sorted'


def find_unmarked():
    """Properties that are shown; and macros that xgettext cannot see through, so that the sentence would be cut there."""
    for path, text in list_sources():
        if path.endswith('.ui'):
            for words in PROPERTY.findall(text):
                if words not in NAMES:
                    yield '%s: “%s” is not translatable' % (path, words)
        for call in re.findall(r'\b(?:_|N_|ngettext) \((?:"(?:[^"\\]|\\.)*"|[^()"])*\)', text):
            if re.search(r'\bG_G\w+_(FORMAT|MODIFIER)\b', call):
                yield '%s: xgettext does not know the macro in %s' % (path, call)


def parse(text):
    """(id, plural or None, list of translations, flags) of each message but the header."""
    for paragraph in text.split('\n\n'):
        if '#~' in paragraph:
            yield '', None, [], 'obsolete: ' + paragraph
            continue
        fields, name, flags = {}, None, ''
        for line in paragraph.splitlines():
            found = re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line)
            if line.startswith('#,'):
                flags += line
            elif found:
                name, line = found[1], found[2]
                fields[name] = ''
            if line.startswith('"'):
                fields[name] += line[1:-1]
        if fields.get('msgid'):
            strings = [words for name, words in fields.items() if name.startswith('msgstr')]
            yield fields['msgid'], fields.get('msgid_plural'), strings, flags


def find_gaps(path, template):
    """What a fresh template has and the catalogue has not, or no longer needs."""
    merged = run('msgmerge', '-q', '--no-wrap', '-o', '-', path, template).stdout
    for words, plural, strings, flags in parse(merged):
        if flags.startswith('obsolete'):
            yield flags
        elif 'fuzzy' in flags:
            yield 'fuzzy: ' + words
        elif not all(strings):
            yield 'not translated: ' + words


def find_misfits(path):
    """Arguments, code between backticks, keys to reach a control: each must come through."""
    for words, plural, strings, flags in parse(run('msgcat', '--no-wrap', path).stdout):
        for string in strings:
            many = plural or words
            if set(re.findall(r'\{\d\}', string)) != set(re.findall(r'\{\d\}', many)):
                yield 'arguments of “%s”: “%s”' % (words, string)
            if string.count('`') != many.count('`'):
                yield 'backticks of “%s”: “%s”' % (words, string)
            if (words[:1] == '_') != (re.search(r'(^|[^\w])_\w', string) is not None):
                yield 'mnemonic of “%s”: “%s”' % (words, string)
            if (words[-1:] == ' ') != (string[-1:] == ' '):
                yield 'space at the end of “%s”' % words


# Singular, plural, a name made of words, a system's own sentence around them.
GERMAN = ['hier angelegt, 8 Bytes', 'liest freigegebenen Speicher', '`*b` benutzt Block 1', 'Hilfe: ']


def find_english(cli, catalogues):
    said = run(cli, 'run', os.path.join(ROOT, 'tests', 'programs', 'use-after-free-alias.c'),
               env={**os.environ, 'LANGUAGE': 'de', 'HEAPWISE_LOCALE_DIR': catalogues}).stdout
    for words in GERMAN:
        if words not in said:
            yield 'not said: %s' % words
            yield said


def main():
    cli, catalogues, *arguments = sys.argv[1:]
    tap = Tap()
    tap.point('heapwise-cli speaks German', find_english(cli, catalogues))
    tap.point('POTFILES.in lists every file with sentences', find_list_problems())
    tap.point('nothing visible is left out', find_unmarked())
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'heapwise.pot')
        # Its only warning is about the extension .def.
        run('xgettext', *arguments, '--directory', ROOT, '--files-from', os.path.join(PO, 'POTFILES.in'),
            '--output', template)
        tap.point('the sentences can be collected', [] if os.path.exists(template) else ['no template was made'])
        for language in read(os.path.join(PO, 'LINGUAS')).split():
            path = os.path.join(PO, language + '.po')
            check = run('msgfmt', '-c', '-o', os.path.join(folder, language + '.mo'), path)
            tap.point('%s: msgfmt -c' % language, [] if check.returncode == 0 else [check.stdout])
            tap.point('%s: complete' % language, find_gaps(path, template))
            tap.point('%s: arguments, code and keys come through' % language, find_misfits(path))
    tap.finish()


main()

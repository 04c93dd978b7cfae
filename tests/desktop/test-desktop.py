#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop and the shell get: menu entry, software centre, icons, kind of file, preferences, manual, completion.

Arguments: the build folder's data, the source's data, heapwise-cli, its manual page, its completion.
"""
import os
import re
import subprocess
import sys
import tempfile

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

ID = 'org.heapwise.Heapwise'
LESSON = '{"format": "heapwise-lesson/1.0", "id": "x"}\n'
LESSON_TYPE = 'application/vnd.heapwise.lesson+json'


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', **options)


def find_complaints(*command):
    """A validator is content when it ends with 0 and says nothing."""
    result = run(*command)
    if result.returncode != 0 or result.stdout.strip():
        yield '%s: status %d' % (command[0], result.returncode)
        yield result.stdout


def find_failure(*command):
    result = run(*command)
    if result.returncode != 0:
        yield result.stdout


def find_wrong_types(mime_file):
    """The kinds of files as a file manager sees them, with our description installed in a folder of its own."""
    wanted = {
        'a.lesson.json': (LESSON, LESSON_TYPE),
        'copied-from-somewhere': (LESSON, LESSON_TYPE),
        'broken.lesson.json': ('{"titel": 1', LESSON_TYPE),
        'other.json': ('{"format": "other"}', 'application/json'),
    }
    with tempfile.TemporaryDirectory() as folder:
        packages = os.path.join(folder, 'mime', 'packages')
        os.makedirs(packages)
        for source in (mime_file, '/usr/share/mime/packages/freedesktop.org.xml'):
            with open(source, 'rb') as file, open(os.path.join(packages, os.path.basename(source)), 'wb') as copy:
                copy.write(file.read())
        yield from find_failure('update-mime-database', os.path.join(folder, 'mime'))
        for name, (text, kind) in wanted.items():
            path = os.path.join(folder, name)
            with open(path, 'w') as file:
                file.write(text)
            said = run('gio', 'info', '-a', 'standard::content-type', path,
                       env={**os.environ, 'XDG_DATA_DIRS': folder, 'XDG_DATA_HOME': folder}).stdout
            if 'content-type: %s\n' % kind not in said:
                yield '%s is no %s: %s' % (name, kind, said)


def find_icon_problems(path, size):
    with open(path) as file:
        text = file.read()
    if 'viewBox="0 0 %d %d"' % (size, size) not in text:
        yield 'the icon is not %d wide' % size
    if re.search(r'<image|href=|<text|<script', text):
        yield 'the icon needs something from outside'
    yield from find_complaints('xmllint', '--noout', '--nonet', path)


def find_missing_options(cli, text):
    """What --help lists must stand in the text."""
    for option in re.findall(r'--([a-z][a-z-]+)', run(cli, 'run', '--help').stdout):
        if '--' + option not in text.replace('\\-', '-'):
            yield '--%s is missing' % option


def complete(completion, *words):
    """What bash offers for the last of the words."""
    script = '''
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "${COMPREPLY[@]}"
'''
    return run('bash', '--norc', '-c', script, 'bash', completion, *words).stdout.split()


def find_wrong_offers(completion, trials):
    for words, wanted in trials:
        offered = complete(completion, *words)
        if sorted(offered) != sorted(wanted):
            yield '%s: offered %s, not %s' % (' '.join(words), offered, wanted)


CLI_TRIALS = [
    (('heapwise-cli', 'pi'), ['picture']),
    (('heapwise-cli', 'run', '--he'), ['--heap-bytes=', '--help']),
    (('heapwise-cli', 'run', '--borrow', '=', ''), ['enforce', 'off']),
    (('heapwise-cli', 'run', '--borrow', '='), ['enforce', 'off']),
    (('heapwise-cli', 'run', '--strategy', 'mark'), ['mark-sweep', 'mark-compact']),
    (('heapwise-cli', 'run', '--step', ''), []),
    (('heapwise-cli', 'run', '/usr/share/mime/packa'), ['/usr/share/mime/packages']),
    (('heapwise-cli', 'picture', '-o', '/usr/share/mime/packa'), ['/usr/share/mime/packages']),
]
HEAPWISE_TRIALS = [
    (('heapwise', '--ver'), ['--version']),
    (('heapwise', '/usr/share/mime/packa'), ['/usr/share/mime/packages']),
]


def main():
    built, source, cli, man, completion = sys.argv[1:]
    icons = os.path.join(source, 'icons', 'hicolor')
    tap = Tap()
    tap.point('menu entry', find_complaints('desktop-file-validate', os.path.join(built, ID + '.desktop')))
    tap.point('software centre', find_failure('appstreamcli', 'validate', '--no-net',
                                              os.path.join(built, ID + '.metainfo.xml')))
    tap.point('kind of file is XML', find_complaints('xmllint', '--noout', '--nonet', os.path.join(built, ID + '.xml')))
    tap.point('kinds of files', find_wrong_types(os.path.join(built, ID + '.xml')))
    tap.point('icon', find_icon_problems(os.path.join(icons, 'scalable', 'apps', ID + '.svg'), 128))
    tap.point('symbolic icon', find_icon_problems(os.path.join(icons, 'symbolic', 'apps', ID + '-symbolic.svg'), 16))
    tap.point('preferences', find_complaints('glib-compile-schemas', '--strict', '--dry-run', source))
    for path in (man, os.path.join(source, 'man', 'heapwise.1')):
        tap.point('manual %s' % os.path.basename(path),
                  find_complaints('groff', '-man', '-ww', '-z', '-Tutf8', '-Kutf8', path))
    for path in (completion, os.path.join(source, 'completion', 'heapwise')):
        tap.point('syntax of completion %s' % os.path.basename(path), find_complaints('bash', '-n', path))
    for path, name in ((man, 'manual'), (completion, 'completion')):
        with open(path) as file:
            tap.point('options in the %s' % name, find_missing_options(cli, file.read()))
    tap.point('offers of heapwise-cli', find_wrong_offers(completion, CLI_TRIALS))
    tap.point('offers of heapwise', find_wrong_offers(os.path.join(source, 'completion', 'heapwise'), HEAPWISE_TRIALS))
    tap.finish()


main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program in a language that is made up: each sentence stands between ⟦ and ⟧.

Arguments: the program, then those of xgettext. The program finds the catalogue by HEAPWISE_PSEUDO, as language xx.
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.environ['HEAPWISE_SOURCE']
HEADER = '''msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

'''


def mark(words):
    """“\\n” at the ends stays outside, or msgfmt would complain about it."""
    before, inner, after = re.fullmatch(r'((?:\\n)*)(.*?)((?:\\n)*)', words).groups()
    return '%s⟦%s⟧%s' % (before, inner, after)


def make_catalogue(template):
    for paragraph in template.split('\n\n'):
        found = re.search(r'^(msgctxt .*\n)?msgid "(.+)"\n(?:msgid_plural "(.+)"\n)?', paragraph, re.M)
        if not found:
            continue
        context, one, many = found.groups()
        # Without this mark msgfmt does not see that <PRIu64> stands for a letter.
        yield '#, c-format\n' if re.search('^#,.* c-format', paragraph, re.M) else ''
        yield context or ''
        yield 'msgid "%s"\n' % one
        if many:
            yield 'msgid_plural "%s"\nmsgstr[0] "%s"\nmsgstr[1] "%s"\n\n' % (many, mark(one), mark(many))
        else:
            yield 'msgstr "%s"\n\n' % mark(one)


def main():
    program, arguments = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        template = subprocess.run(['xgettext', *arguments, '--no-wrap', '--directory', ROOT, '--files-from',
                                   os.path.join(ROOT, 'po', 'POTFILES.in'), '--output', '-'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8', check=True).stdout
        messages = os.path.join(folder, 'xx', 'LC_MESSAGES')
        os.makedirs(messages)
        subprocess.run(['msgfmt', '-o', os.path.join(messages, 'heapwise.mo'), '-'],
                       input=HEADER + ''.join(make_catalogue(template)), encoding='utf-8', check=True)
        sys.exit(subprocess.run([program], env={**os.environ, 'HEAPWISE_PSEUDO': folder, 'LANGUAGE': 'xx'}).returncode)


main()

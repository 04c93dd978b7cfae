#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom.

Each folder of src is a layer. A file includes headers of its own layer by their names, and those of the layers named in the
table as "layer/header.h"; it includes headers of the libraries named there. GLib and libc are open to all. The linker
catches calls that go the wrong way; this catches types and macros.
"""
import os
import re
import sys

TESTS = os.environ.get('HEAPWISE_TESTS') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, TESTS)
from tap import Tap

# layer: (layers it may include, libraries it may use)
LAYERS = {
    'text': ('', ''),
    'number': ('', 'gmp'),
    'ir': ('text', ''),
    'lang': ('text number ir', ''),
    'check': ('text ir', ''),
    'memory': ('', ''),
    'strategy': ('memory', ''),
    'machine': ('text number ir memory strategy', ''),
    'runtime': ('text number ir memory machine', 'gmp'),
    'history': ('text ir memory strategy machine', ''),
    'facts': ('text number ir memory machine history', ''),
    'lesson': ('text', 'json-glib gio'),
    'judge': ('text lesson facts history', ''),
    'scene': ('text facts history', 'cairo pango'),
    'session': ('text number ir lang check memory strategy machine runtime history facts lesson judge scene', 'gobject'),
    'widgets': ('text lesson scene session', 'gtk adwaita gtksourceview cmark'),
    'app': ('text lesson session widgets', 'adwaita'),
    'cli': ('text number ir lang check memory strategy machine runtime history facts lesson judge scene session',
            'cairo json-glib'),
}

# A library's headers show those of the libraries that it stands on.
BRINGS = {
    'gio': 'gobject',
    'json-glib': 'gio',
    'pango': 'gobject cairo',
    'gtk': 'gio cairo pango',
    'adwaita': 'gtk',
    'gtksourceview': 'gtk',
}

LIBRARY_OF_HEADER = [
    ('gobject', r'glib-object\.h$|gobject/'),
    ('gio', r'gio/'),
    ('json-glib', r'json-glib/'),
    ('gmp', r'gmp\.h$'),
    ('cairo', r'cairo[-.\w]*\.h$|cairo/'),
    ('pango', r'pango/'),
    ('gtk', r'(gtk|gdk|gsk|graphene)[-\w]*(/|\.h$)'),
    ('adwaita', r'adwaita\.h$'),
    ('gtksourceview', r'gtksourceview/'),
    ('cmark', r'cmark\.h$'),
    ('archive', r'archive\w*\.h$'),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def find_library(header):
    return next((name for name, pattern in LIBRARY_OF_HEADER if re.match(pattern, header)), None)


def add_brought(libraries):
    found = set(libraries)
    for library in libraries:
        found |= add_brought(BRINGS.get(library, '').split())
    return found


def judge_include(layer, own_files, kind, header):
    """What is wrong with one #include, or None."""
    layers, libraries = LAYERS[layer]
    if kind == '<':
        library = find_library(header)
        if library and library not in add_brought(libraries.split()):
            return '%s may not use %s' % (layer, library)
        return None
    first, slash, _ = header.partition('/')
    if first in ('.', '..'):
        return 'name the layer instead of a path with dots'
    if slash and first in LAYERS:
        if first != layer and first not in layers.split():
            return '%s may not include %s' % (layer, first)
        return None
    if not slash and header not in own_files and not header.endswith('.inc'):
        return 'there is no such header in %s: another layer\'s is included as "layer/header.h"' % layer
    return None


def check_layer(source, layer):
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(source, layer)) for name in names]
    own_files = {os.path.basename(path) for path in paths}
    # A header that the build writes is named there.
    with open(os.path.join(source, layer, 'meson.build'), encoding='utf-8') as file:
        own_files |= set(re.findall(r"'([\w-]+\.h)'", file.read()))
    for path in sorted(paths):
        # Library code is text for the learner's compiler, not for ours.
        if not path.endswith(('.c', '.h', '.def')) or '/library/' in path:
            continue
        with open(path, encoding='utf-8') as file:
            text = file.read()
        for found in INCLUDE.finditer(text):
            problem = judge_include(layer, own_files, *found.groups())
            if problem:
                line = text.count('\n', 0, found.start(1)) + 1
                yield '%s:%d: %s: %s' % (os.path.relpath(path, source), line, found[2], problem)


def main():
    tap = Tap()
    source = os.path.join(os.path.dirname(TESTS), 'src')
    folders = sorted(entry.name for entry in os.scandir(source) if entry.is_dir())
    tap.point('every folder of src is a layer', ['%s is not in the table' % name for name in folders if name not in LAYERS])
    for layer in folders:
        if layer in LAYERS:
            tap.point('%s includes what it may' % layer, check_layer(source, layer))
    tap.finish()


main()

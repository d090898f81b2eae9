#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Who may include what: the arrows between the rooms of src/, the homes of
the libraries, and the order of the lines."""

import os
import re

import source_tree

ENGINE = {'core', 'net', 'protocol', 'discovery', 'probe', 'store', 'export', 'setup'}
FRONT = {'core', 'store', 'export', 'setup'}

# Room: the rooms it may include besides itself.
ROOMS = {
    'core': set(),
    'net': {'core'},
    'protocol': {'core'},
    'discovery': {'core', 'net'},
    'probe': {'core', 'net', 'protocol'},
    'store': {'core'},
    'export': {'core', 'store'},
    'setup': ENGINE,
    'cli': FRONT,
    'app': FRONT,
}

# Beginning of a system header: the only rooms that may include it.
HOMES = [
    ('gtk/', {'app'}),
    ('gdk/', {'app'}),
    ('adwaita.h', {'app'}),
    ('gnutls/crypto.h', {'net', 'discovery'}),
    ('gnutls/', {'net'}),
    ('libsecret/', {'store'}),
    ('libpsl.h', {'core'}),
    ('libsoup/', {'discovery'}),
    ('gsasl.h', {'protocol'}),
    ('qrencode.h', {'setup'}),
    ('png.h', {'setup'}),
    ('glib/gi18n', {'app', 'cli', 'setup'}),
    ('gio/', set(ROOMS) - {'core', 'protocol'}),
]

NSS = re.compile(r'(nss/|nspr|nss\.h|pk11|secmod|secitem|secutil|certdb?\.h|prio|prerror)')

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def check_layers(room, path, line, bracket, name):
    """One #include against the tables above."""
    if bracket == '"':
        if name == 'config.h' or os.path.basename(name).endswith('-resources.h'):
            return
        target = name.split('/')[0]
        if '/' not in name or target not in ROOMS:
            yield line, f'"{name}" is no path from src/'
        elif target != room and target not in ROOMS[room]:
            yield line, f'{room}/ may not include {target}/ ("{name}")'
        return

    for prefix, homes in HOMES:
        if name.startswith(prefix):
            if room not in homes:
                yield line, f'<{name}> has no home in {room}/'
            break
    if NSS.match(name) and not path.startswith('src/export/nss-helper/'):
        yield line, f'<{name}>: NSS belongs into the helper program only'


def is_own(path, name, is_first):
    """Whether a header belongs to this source file: mw-x.h to mw-x.c;
    mw-x-private.h to mw-x.c and mw-x-actions.c, when it comes first; the
    header beside the source file of a test, and what the test is of."""
    source = path[path.index('/') + 1:].rpartition('.')[0]
    stem = name.rpartition('.')[0]
    if path.startswith('tests/'):
        tested = re.sub(r'^test-', 'mw-', os.path.basename(source))
        return os.path.basename(stem) == os.path.basename(source) or \
            (is_first and os.path.basename(stem) == tested)
    return stem == source or (is_first and stem.endswith('-private') and
                              (source + '-').startswith(stem[:-len('private')]))


def check_order(path, lines):
    """config.h; own header; <system>; "project", sorted."""
    last_kind, last_name, last_line = -1, '', 0
    for number, bracket, name in lines:
        if name == 'config.h':
            kind = 0
        elif is_own(path, name, last_kind <= 0):
            kind = 1
        else:
            kind = 2 if bracket == '<' else 3
        if kind < last_kind:
            yield number, f'{name} stands too late: config.h, own header, <system>, "project"'
        elif kind == last_kind == 3 and name < last_name and number == last_line + 1:
            yield number, f'"{name}" is not sorted'
        elif kind != last_kind and last_kind >= 0 and number == last_line + 1:
            yield number, f'a blank line belongs before {name}'
        last_kind, last_name, last_line = kind, name, number

    if path.endswith('.c') and path.startswith('src/'):
        if not lines or lines[0][2] != 'config.h':
            yield 1, 'config.h is not the first include'
        own = path[:-1] + 'h'
        if os.path.exists(os.path.join(source_tree.SOURCE_ROOT, own)) and \
           not (len(lines) > 1 and is_own(path, lines[1][2], True)):
            yield 1, f'"{own[len("src/"):]}" is not included right after config.h'


def check(path, text):
    lines = []
    conditional = 0
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r'\s*#\s*if', line):
            conditional += 1
        elif re.match(r'\s*#\s*endif', line):
            conditional -= 1
        match = INCLUDE.match(line)
        if match is None:
            continue
        bracket, name = match.groups()
        if path.startswith('src/'):
            yield from check_layers(path.split('/')[1], path, number, bracket, name)
        if conditional == 0:
            lines.append((number, bracket, name))
    yield from check_order(path, lines)


HEAD = '#include "config.h"\n\n'

BAD = {
    'app includes net': ('src/app/mw-x.c', HEAD + '#include "net/mw-transport.h"\n'),
    'cli includes probe': ('src/cli/mw-x.c', HEAD + '#include "probe/mw-prober.h"\n'),
    'core includes gio': ('src/core/mw-x.c', HEAD + '#include <gio/gio.h>\n'),
    'setup includes gtk': ('src/setup/mw-x.c', HEAD + '#include <gtk/gtk.h>\n'),
    'probe includes gnutls': ('src/probe/mw-x.c', HEAD + '#include <gnutls/x509.h>\n'),
    'app includes qrencode': ('src/app/mw-x.c', HEAD + '#include <qrencode.h>\n'),
    'export includes nss': ('src/export/mw-x.c', HEAD + '#include <nss/pk11sdr.h>\n'),
    'net translates': ('src/net/mw-x.c', HEAD + '#include <glib/gi18n.h>\n'),
    'no path': ('src/core/mw-x.c', HEAD + '#include "mw-enums.h"\n'),
    'no config.h': ('src/core/mw-x.c', '#include <glib.h>\n'),
    'unsorted': ('src/setup/mw-x.c',
                 HEAD + '#include "core/mw-verdict.h"\n#include "core/mw-address.h"\n'),
    'own header late': ('src/core/mw-enums.c', HEAD + '#include <glib.h>\n'),
    'system after project': ('src/setup/mw-x.c',
                             HEAD + '#include "core/mw-address.h"\n\n#include <glib.h>\n'),
    'no blank line': ('src/setup/mw-x.c',
                      HEAD + '#include <glib.h>\n#include "core/mw-address.h"\n'),
}

GOOD = {
    'setup includes net': ('src/setup/mw-x.c',
                           HEAD + '#include <gio/gio.h>\n\n#include "core/mw-address.h"\n'
                           '#include "net/mw-resolver.h"\n'),
    'part of a type': ('src/app/mw-window-actions.c',
                       HEAD + '#include "app/mw-window-private.h"\n\n#include <glib/gi18n.h>\n'),
    'helper includes nss': ('src/export/nss-helper/mw-x.c', HEAD + '#include <nss/nss.h>\n'),
}

if __name__ == '__main__':
    source_tree.run(check, source_tree.walk('src', 'tests', suffixes=('.c', '.h')), BAD, GOOD)

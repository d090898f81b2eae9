#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Licence lines, line length, blanks, names of files, well-formed XML, and
the words that have no place in the tree."""

import os
import re
import xml.etree.ElementTree

import source_tree

HEADER = ('SPDX-License-Identifier: ', 'SPDX-FileCopyrightText: the Mailwright contributors')
C_HEADER = ('/* SPDX-License-Identifier: GPL-3.0-or-later\n'
            ' * SPDX-FileCopyrightText: the Mailwright contributors */\n')

# What cannot hold a comment, is kept as others wrote it, or is data.
NO_HEADER = ('.md', '.json', '.txt')
LONG_LINES = ('.svg', '.md', '.po', '.page', '.xml', '.xml.in', '.json',
              '.desktop.in', '.txt', '.ui', '.1.in', '.keyfile')

UNFINISHED = re.compile(r'\b(TO' r'DO|FIX' r'ME|X' r'XX|HA' r'CK)\b')


def is_given(path):
    """Captured or invented data, left as it is."""
    return path.startswith(('tests/fixtures/', 'tests/dialogues/', 'tests/fuzz/corpus'))


def check(path, text):
    suffixes = os.path.basename(path)
    if path.endswith(('.c', '.h')):
        if not text.startswith(C_HEADER):
            yield 1, 'does not start with the two licence lines'
    elif not path.endswith(NO_HEADER) and not is_given(path):
        head = '\n'.join(text.splitlines()[:5])
        if not all(piece in head for piece in HEADER):
            yield 1, 'the two licence lines are missing'

    if re.search(r'util', os.path.basename(path)):
        yield 1, 'no utils: name the file after the one thing it does'
    if re.match(r'src/\w+/', path) and path.endswith(('.c', '.h', '.ui')) and \
       not os.path.basename(path).startswith(('mw-', 'main.c')):
        yield 1, 'file names in src/ start with mw-'
    if path.endswith('.h') and path.startswith('src/') and '#pragma once' not in text:
        yield 1, '#pragma once is missing'

    if text and not text.endswith('\n'):
        yield text.count('\n') + 1, 'no line end at the end of the file'
    if is_given(path):
        return

    for number, line in enumerate(text.split('\n'), 1):
        if '\t' in line:
            yield number, 'tab'
        if line != line.rstrip():
            yield number, 'blank at the end of the line'
        if len(line) > 100 and not suffixes.endswith(LONG_LINES):
            yield number, f'{len(line)} columns, at most 100'
        if UNFINISHED.search(line):
            yield number, 'say it in an issue, not in the tree: ' + UNFINISHED.search(line).group()

    if path.endswith(('.ui', '.page', '.svg', '.xml', '.xml.in')):
        try:
            xml.etree.ElementTree.fromstring(text.encode())
        except xml.etree.ElementTree.ParseError as error:
            yield error.position[0], f'not well-formed: {error}'


PY_HEADER = ('# SPDX-License-Identifier: GPL-3.0-or-later\n'
             '# SPDX-FileCopyrightText: the Mailwright contributors\n')
UI_HEADER = ('<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n'
             '<!-- SPDX-FileCopyrightText: the Mailwright contributors -->\n')

BAD = {
    'no licence in C': ('src/core/mw-x.c', 'int x;\n'),
    'no licence in Python': ('tests/x.py', 'print()\n'),
    'utils': ('src/core/mw-utils.c', C_HEADER),
    'no prefix': ('src/core/enums.c', C_HEADER),
    'no pragma': ('src/core/mw-x.h', C_HEADER),
    'no line end': ('src/core/mw-x.c', C_HEADER + 'int x;'),
    'tab': ('src/core/mw-x.c', C_HEADER + '\tint x;\n'),
    'blank at the end': ('src/core/mw-x.c', C_HEADER + 'int x; \n'),
    'too long': ('src/core/mw-x.c', C_HEADER + 'x' * 101 + '\n'),
    'unfinished': ('src/core/mw-x.c', C_HEADER + '/* TO' 'DO: think */\n'),
    'broken template': ('src/app/mw-x.ui', UI_HEADER + '<interface><object></interface>\n'),
}

GOOD = {
    'Python': ('tests/x.py', PY_HEADER + 'print()\n'),
    'template': ('src/app/mw-x.ui', UI_HEADER + '<interface/>\n'),
    'long address': ('README.md', 'x' * 200 + '\n'),
}

if __name__ == '__main__':
    source_tree.run(check, source_tree.walk(), BAD, GOOD)

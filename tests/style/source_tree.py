# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""What the style checks share: the files of the tree, and how a check runs.

A check is a function that yields (line, message) for the text of one file.
Each is first run on samples that it has to find fault with, so that a check
that has gone blind fails, too.
"""

import os
import re
import sys

SOURCE_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

TEXT_SUFFIXES = ('.c', '.h', '.py', '.sh', '.build', '.ui', '.css', '.xml', '.in', '.svg',
                 '.page', '.md', '.json', '.txt', '.po', '.options', '.keyfile', '.bash', '.fish')


def walk(*below, suffixes=TEXT_SUFFIXES):
    """Paths of the tree's own files, relative to its top, sorted."""
    found = []
    for top in below or ('',):
        for folder, folders, files in os.walk(os.path.join(SOURCE_ROOT, top)):
            # Build folders may lie anywhere; all hold this one file.
            folders[:] = [name for name in folders
                          if not name.startswith('.') and name not in ('__pycache__', '_build') and
                          not os.path.exists(os.path.join(folder, name, 'meson-private'))]
            found += [os.path.relpath(os.path.join(folder, name), SOURCE_ROOT)
                      for name in files if name.endswith(suffixes)]
    return sorted(found)


def read(path):
    """The text of a file of the tree."""
    with open(os.path.join(SOURCE_ROOT, path), encoding='utf-8') as file:
        return file.read()


def is_script(path):
    """Whether a file without a suffix starts with #!."""
    with open(os.path.join(SOURCE_ROOT, path), 'rb') as file:
        return file.read(2) == b'#!'


def blank_out(text):
    """C source with comments and the insides of strings replaced by blanks."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''

    def blank(match):
        piece = match.group()
        inside = re.sub(r'[^\n]', ' ', piece[1:-1])
        return piece[0] + inside + piece[-1] if piece[0] in '"\'' else ' ' + inside + ' '

    return re.sub(pattern, blank, text, flags=re.DOTALL)


def run(check, paths, bad, good):
    """Runs a check on its samples, then on the tree; ends the process.

    bad and good map a name to (path, text): what has to be found fault with,
    and what has not.
    """
    failures = []
    for name, (path, text) in bad.items():
        if not list(check(path, text)):
            failures.append(f'self-test: the bad sample “{name}” went unnoticed')
    for name, (path, text) in good.items():
        failures += [f'self-test: good sample “{name}”, line {line}: {message}'
                     for line, message in check(path, text)]
    for path in paths:
        failures += [f'{path}:{line}: {message}' for line, message in check(path, read(path))]

    for failure in failures:
        print(failure)
    print(f'{len(paths)} files, {len(bad) + len(good)} samples, {len(failures)} faults')
    sys.exit(1 if failures or not paths else 0)

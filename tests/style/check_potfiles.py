#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""po/POTFILES.in names exactly the files with words to translate, sorted, and
strings with a place to fill in have a comment for translators."""

import re
import sys

import source_tree

SUFFIXES = ('.c', '.ui', '.desktop.in', '.metainfo.xml.in', '.gschema.xml')
MARKED_C = re.compile(r'\b(?:N?_|C_|Q_|NC_|n?gettext|dgettext|g_dngettext)\s*\(\s*"')


def has_words(path, text):
    """Whether there is anything to translate in a file."""
    if path.endswith('.c'):
        return MARKED_C.search(text) is not None
    if path.endswith('.ui'):
        return re.search(r'translatable="(yes|true|1)"', text) is not None
    return True


def listed_files(text):
    return [line for line in text.splitlines() if line and not line.startswith('#')]


def compare(listed, wanted):
    """The faults of a list."""
    if listed != sorted(listed):
        yield 'not sorted'
    yield from (f'missing: {path}' for path in sorted(set(wanted) - set(listed)))
    yield from (f'stale: {path}' for path in sorted(set(listed) - set(wanted)))
    yield from (f'twice: {path}' for path in sorted(set(listed)) if listed.count(path) > 1)


def main():
    assert list(compare(['b', 'a'], ['a', 'b'])) == ['not sorted']
    assert list(compare(['a'], ['a', 'b'])) == ['missing: b']
    assert list(compare(['a', 'b'], ['a'])) == ['stale: b']
    assert not list(compare(['a', 'b'], ['a', 'b']))
    assert has_words('x.c', 'a = _("word");') and not has_words('x.c', 'a = "word";')
    assert has_words('x.ui', '<property name="label" translatable="yes">a</property>')

    wanted = [path for path in source_tree.walk('src', 'data', suffixes=SUFFIXES)
              if has_words(path, source_tree.read(path))]
    faults = list(compare(listed_files(source_tree.read('po/POTFILES.in')), wanted))
    for fault in faults:
        print(f'po/POTFILES.in: {fault}')
    print(f'{len(wanted)} files, {len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()

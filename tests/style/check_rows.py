#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""tests/ui/rows.md: A1 to A53 in order, and each row has tests that exist."""

import os
import re

import source_tree

ROWS = 53
# What belongs to templates.
LATER = {'A25', 'A34'}


def functions(script):
    try:
        return re.findall(r'^def (test_\w+)', source_tree.read(f'tests/{script}'), re.M)
    except FileNotFoundError:
        return None


def check(path, text):
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        row = re.match(r'\| (A\d+) \|(.*)\|$', line)
        if row is None:
            continue
        found.append(row[1])
        cells = [cell.strip() for cell in row[2].split('|')]
        if len(cells) != 4:
            yield number, f'{row[1]} has {len(cells) + 1} cells, not 5'
            continue
        if cells[-1] == 'later':
            if row[1] not in LATER:
                yield number, f'{row[1]} has no test'
            continue
        tests = re.findall(r'`([\w/.-]+)` (\w+)', cells[-1])
        if not tests or len(tests) != cells[-1].count('`') / 2:
            yield number, f'{row[1]} names no test, or one in another form: {cells[-1]}'
        for script, function in tests:
            script = script if '/' in script else f'ui/{script}'
            there = functions(script)
            if there is None:
                yield number, f'{row[1]}: there is no tests/{script}'
            elif function not in there:
                yield number, f'{row[1]}: tests/{script} has no {function}'
    wanted = [f'A{number}' for number in range(1, ROWS + 1)]
    if found != wanted:
        missing = [name for name in wanted if name not in found]
        yield 1, 'rows are missing or not in order: ' + ' '.join(missing or found)


def table(**other):
    """A good table, but for some of its rows."""
    return '\n'.join(
        f'| A{number} | what | page | *control* | '
        + other.get(f'A{number}', '`test-journey.py` test_pop') + ' |'
        for number in range(1, ROWS + 1))


PATH = os.path.join('tests', 'ui', 'rows.md')

if __name__ == '__main__':
    source_tree.run(check, [PATH], bad={
        'a row too few': (PATH, table().rpartition('\n')[0]),
        'no such test': (PATH, table(A7='`test-journey.py` test_nothing')),
        'no such script': (PATH, table(A7='`test-none.py` test_pop')),
        'no test': (PATH, table(A7='')),
        'put off': (PATH, table(A7='later')),
        'another form': (PATH, table(A7='`test-journey.py` test_pop, by eye and `hand`')),
    }, good={
        'all': (PATH, table(A25='later')),
        'two': (PATH, table(A7='`test-journey.py` test_pop, `lab/test-verify.py` test_usage')),
    })

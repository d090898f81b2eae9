#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""tests/outcomes.md: every outcome has its row, and every test it names is
there."""

import os
import re

import source_tree

TABLE = 'tests/outcomes.md'
NONE_YET = '**none yet**'


def outcomes():
    """The words of MwOutcome, in order."""
    text = source_tree.read('src/core/mw-enums.h')
    names = re.findall(r'^  MW_OUTCOME_(\w+),', text, re.MULTILINE)
    return [name.lower().replace('_', '-') for name in names]


def result_of(conversation):
    """What a file of dialogues/ says about its end."""
    first = source_tree.read(conversation).splitlines()[0]
    match = re.search(r'\bresult=([a-z0-9-]+)', first)
    return match.group(1) if match else None


def has_test(path, name):
    """Whether a test of that name is in a program: a function of Python; in C
    the name as a string, whole or as what stands below a common path."""
    text = source_tree.read(path)
    if path.endswith('.py'):
        return re.search(rf'^def {re.escape(name)}\(', text, re.MULTILINE) is not None
    pieces = name.strip('/').split('/')
    tails = ['/'.join(pieces[start:]) for start in range(len(pieces))]
    return any(f'"{tail}"' in text for tail in [name, *tails])


def check_test(outcome, entry):
    """One `file` or `file name` of the table."""
    file, _, name = entry.partition(' ')
    path = 'tests/' + file
    if not os.path.exists(os.path.join(source_tree.SOURCE_ROOT, path)):
        yield f'{outcome}: there is no {path}'
    elif file.startswith('dialogues/'):
        if result_of(path) != outcome:
            yield f'{outcome}: {file} ends with {result_of(path)}'
    elif not name or not has_test(path, name):
        yield f'{outcome}: {file} has no test “{name}”'


def check(path, text):
    seen = []
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\| `([^`]+)` \| (.*) \|$', line)
        if match is None:
            if line.startswith('|') and not line.startswith(('| Outcome |', '|---')):
                yield number, 'not a row: | `outcome` | `test`, … |'
            continue
        outcome, cell = match.groups()
        entries = re.findall(r'`([^`]+)`', cell)
        seen.append(outcome)
        if bool(entries) == (NONE_YET in cell):
            yield number, f'{outcome}: name the tests, or say {NONE_YET}'
        for entry in entries:
            for message in check_test(outcome, entry):
                yield number, message

    wanted = outcomes()
    for outcome in wanted:
        if seen.count(outcome) != 1:
            yield 1, f'{outcome} has {seen.count(outcome)} rows'
    for outcome in seen:
        if outcome not in wanted:
            yield 1, f'{outcome} is no value of MwOutcome'
    if not wanted or (not set(seen) ^ set(wanted) and seen != wanted):
        yield 1, 'the rows are not in the order of MwOutcome'


def sample(**changed):
    """A table with a row for each outcome; some of them changed, None: left out."""
    rows = {outcome: f'{NONE_YET} (why)' for outcome in outcomes()}
    rows['refused'] = '`dialogues/imap-tls-bye.txt`, `net/test-connector.c /connector/refused`'
    rows['cert-expired'] = '`lab/test-verify.py test_bad_domains`'
    rows.update({name.replace('_', '-'): cell for name, cell in changed.items()})
    return TABLE, ''.join(f'| `{outcome}` | {cell} |\n'
                          for outcome, cell in rows.items() if cell is not None)


BAD = {
    'empty': (TABLE, ''),
    'a row is missing': sample(timeout=None),
    'unknown outcome': sample(bad_weather=NONE_YET),
    'no test named': sample(timeout='soon'),
    'a test and none yet': sample(timeout=f'{NONE_YET} `net/test-connector.c timeout`'),
    'no such file': sample(timeout='`net/test-nothing.c timeout`'),
    'no such test in C': sample(timeout='`net/test-connector.c /connector/teatime`'),
    'no such test in Python': sample(timeout='`lab/test-verify.py test_teatime`'),
    'file without a test': sample(timeout='`net/test-connector.c`'),
    'no such conversation': sample(timeout='`dialogues/imap-tls-nothing.txt`'),
    'conversation with another end': sample(timeout='`dialogues/imap-tls-bye.txt`'),
    'no row': (TABLE, sample()[1] + '| timeout | |\n'),
}

GOOD = {'sample': sample()}

if __name__ == '__main__':
    source_tree.run(check, [TABLE], BAD, GOOD)

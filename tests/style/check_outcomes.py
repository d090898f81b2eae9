#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""tests/outcomes.md: every outcome and every attack has its row, and every
test they name is there."""

import os
import re

import source_tree

TABLE = 'tests/outcomes.md'
NONE_YET = '**none yet**'
SECOND_TABLE = '## Attacks and faults'

# What a server may do to us; each has a row in the second table.
ATTACKS = [
    'STARTTLS injection', 'stripped STARTTLS', 'PREAUTH before TLS', 'endless line',
    'endless capability list', 'endless greeting', 'caps of a line and a reply',
    'one byte at a time', 'NUL bytes', 'silence after connect', 'silence after TLS',
    'reset at every stage', 'TLS alert', 'TLS 1.0 or 1.1 only', 'small Diffie-Hellman group',
    'small RSA key', 'SHA-1', 'no encryption or no server key', 'expired certificate',
    'certificate of the future', 'wrong name', 'common name only',
    'wildcard inside a label or over a public suffix', 'self-signed certificate',
    'unknown authority', 'revoked certificate', 'missing or bad stapled answer', 'wrong purpose',
    'incomplete chain', 'changed pin', 'endless or unreadable certificates',
    'clear text on a TLS port', 'TLS on a clear port', 'HTTP on a mail port', 'SSH on a mail port',
    'redirect texts', 'client certificate demanded', 'negotiating again without end',
    'SCRAM without a proof of the server', 'SCRAM with odd numbers',
    'hostile challenge of CRAM-MD5', 'STARTTLS answer in pieces',
    'password asked for again and again',
]


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


def check_test(row, allowed, entry):
    """One `file` or `file name` of a table."""
    file, _, name = entry.partition(' ')
    path = 'tests/' + file
    if not os.path.exists(os.path.join(source_tree.SOURCE_ROOT, path)):
        yield f'{row}: there is no {path}'
    elif file.startswith('dialogues/'):
        if result_of(path) not in allowed:
            yield f'{row}: {file} ends with {result_of(path)}'
    elif not name or not has_test(path, name):
        yield f'{row}: {file} has no test “{name}”'


def check_attacks(lines):
    """The second table."""
    wanted = outcomes()
    seen = []
    for number, line in lines:
        match = re.match(r'\| ([^`|]+) \| ((?:`[a-z0-9-]+`(?:, )?)+) \| (`.*`) \|$', line)
        if match is None:
            if line.startswith('|') and not line.startswith(('| Attack or fault |', '|---')):
                yield number, 'not a row: | attack | `outcome`, … | `test`, … |'
            continue
        attack, cell, tests = match.groups()
        allowed = re.findall(r'`([^`]+)`', cell)
        seen.append(attack)
        for outcome in allowed:
            if outcome not in wanted:
                yield number, f'{attack}: {outcome} is no value of MwOutcome'
        for entry in re.findall(r'`([^`]+)`', tests):
            for message in check_test(attack, allowed, entry):
                yield number, message

    for attack in ATTACKS:
        if seen.count(attack) != 1:
            yield 1, f'“{attack}” has {seen.count(attack)} rows'
    for attack in seen:
        if attack not in ATTACKS:
            yield 1, f'“{attack}” is not in the list of check_outcomes.py'


def check(path, text):
    lines = list(enumerate(text.splitlines(), 1))
    titles = [number for number, line in lines if line == SECOND_TABLE]
    border = titles[0] if titles else len(lines)
    yield from check_outcomes(lines[:border])
    yield from check_attacks(lines[border:])


def check_outcomes(lines):
    """The first table."""
    seen = []
    for number, line in lines:
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
            for message in check_test(outcome, [outcome], entry):
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
                          for outcome, cell in rows.items() if cell is not None) + attacks()


def attacks(**changed):
    """A second table; some rows changed, None: left out."""
    rows = {attack: '`protocol` | `net/test-connector.c /connector/refused`' for attack in ATTACKS}
    rows.update({name.replace('_', ' '): cell for name, cell in changed.items()})
    return f'{SECOND_TABLE}\n' + ''.join(f'| {attack} | {cell} |\n'
                                         for attack, cell in rows.items() if cell is not None)


def sample_attacks(**changed):
    """Both tables, with changes in the second."""
    return TABLE, sample()[1].partition(SECOND_TABLE)[0] + attacks(**changed)


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
    'no second table': (TABLE, sample()[1].partition(SECOND_TABLE)[0]),
    'an attack is missing': sample_attacks(endless_line=None),
    'unknown attack': sample_attacks(bad_weather='`protocol` | `net/test-connector.c timeout`'),
    'attack with an unknown outcome': sample_attacks(
        endless_line='`sunny` | `net/test-connector.c timeout`'),
    'attack without a test': sample_attacks(endless_line='`protocol` | soon'),
    'attack with a test that is not there': sample_attacks(
        endless_line='`protocol` | `net/test-connector.c teatime`'),
    'attack in a conversation with another end': sample_attacks(
        endless_line='`protocol` | `dialogues/imap-tls-bye.txt`'),
}

GOOD = {'sample': sample()}

if __name__ == '__main__':
    source_tree.run(check, [TABLE], BAD, GOOD)

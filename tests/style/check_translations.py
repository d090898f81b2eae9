#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Every language of po/LINGUAS says everything: no string of the program or
of the help is missing, doubtful or left over, placeholders are kept, and it is
told what they stand for."""

import ast
import os
import re
import subprocess
import sys
import tempfile

import source_tree

XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-comments', '--files-from=po/POTFILES.in',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
    '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
]
PLACEHOLDER = re.compile(r'\{\w+\}|</?\w[^>]*>')
CONVERSION = re.compile(r'%(?:\d+\$)?[-\d.l]*[a-zA-Z]')
ENTRY = re.compile(r'((?:^#.*\n)*)((?:^(?:msg\S*|")[^\n]*\n)+)', re.MULTILINE)
FIELD = re.compile(r'^(msg[a-z_]+(?:\[\d\])?) ((?:"[^\n]*"\n)+)', re.MULTILINE)


def run(command):
    """What a program of gettext prints; messages of the tree's own files."""
    done = subprocess.run(command, cwd=source_tree.SOURCE_ROOT, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'})
    if done.returncode != 0:
        raise RuntimeError(f'{command[0]}: {done.stderr}')
    return done.stdout


def entries(text):
    """Comments and fields of each entry of a catalogue."""
    for comments, body in ENTRY.findall(text + '\n'):
        yield comments, {name: ''.join(ast.literal_eval(line) for line in value.splitlines())
                         for name, value in FIELD.findall(body)}


def unexplained(text):
    """Texts of a template with a placeholder that no comment explains; a number
    that has a plural explains itself."""
    for comments, fields in entries(text):
        if (CONVERSION.search(fields.get('msgid', '').replace('%%', ''))
                and 'msgid_plural' not in fields and 'Translators:' not in comments):
            yield f'no “Translators:” comment: {fields["msgid"]!r}'


def faults(text):
    """What is wrong with a merged catalogue."""
    for comments, fields in entries(text):
        source = fields.get('msgid', '')
        if not source:
            continue
        if re.search(r'^#,.*fuzzy', comments, re.MULTILINE):
            yield f'doubtful: {source!r}'
        for name, value in fields.items():
            if not name.startswith('msgstr'):
                continue
            if not value:
                yield f'missing: {source!r}'
            elif sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(value)):
                yield f'placeholders differ: {source!r}'
    for line in text.splitlines():
        if line.startswith('#~ msgid '):
            yield f'left over: {line[9:]}'


def check(catalogue, template):
    """The faults of one catalogue against freshly collected strings."""
    with tempfile.TemporaryDirectory() as folder:
        merged = os.path.join(folder, 'merged.po')
        run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--no-wrap', '-o', merged, catalogue,
             template])
        run(['msgfmt', '--check', '--check-accelerators=_', '-o', os.devnull, catalogue])
        with open(merged, encoding='utf-8') as file:
            yield from (f'{catalogue}: {fault}' for fault in faults(file.read()))


def self_test():
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    assert not list(faults(head + 'msgid "a {host}"\nmsgstr "b {host}"\n'))
    assert list(faults(head + 'msgid "a"\nmsgstr ""\n')) == ["missing: 'a'"]
    assert list(faults(head + '#, fuzzy\nmsgid "a"\nmsgstr "b"\n')) == ["doubtful: 'a'"]
    assert list(faults(head + 'msgid "a {host}"\nmsgstr "b"\n')) != []
    assert list(unexplained('#. Translators: a host.\nmsgid "a %s"\nmsgstr ""\n')) == []
    assert list(unexplained('msgid "a %%"\nmsgstr ""\n')) == []
    assert len(list(unexplained('#: a.c\nmsgid "%1$s"\nmsgstr ""\n'))) == 1
    assert list(faults(head + '#~ msgid "a"\n#~ msgstr "b"\n')) == ['left over: "a"']
    assert list(faults(head + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n')) != []


def main():
    self_test()
    found = []
    languages = [line for line in source_tree.read('po/LINGUAS').splitlines()
                 if line and not line.startswith('#')]
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, 'program.pot')
        help_pages = os.path.join(folder, 'help.pot')
        run(XGETTEXT + ['-o', program])
        run(['itstool', '-o', help_pages, *source_tree.walk('help/C', suffixes=('.page',))])
        with open(program, encoding='utf-8') as file:
            found += unexplained(file.read())
        for language in languages:
            found += check(f'po/{language}.po', program)
            found += check(f'help/{language}/{language}.po', help_pages)
    for fault in found:
        print(fault)
    print(f'{len(languages)} languages, {len(found)} faults')
    sys.exit(1 if found or not languages else 0)


if __name__ == '__main__':
    main()

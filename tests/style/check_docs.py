#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Every public function has a gi-docgen comment that fits it. Accessors and
the usual memory functions of a documented type explain themselves."""

import re

import source_tree

PLAIN = re.compile(r'_(new|ref|unref|free|copy|equal|hash|finish|quark|to_string|'
                   r'get_type|get_\w+|set_\w+|is_\w+|has_\w+|clear|reset)$')

# A comment and what it stands before, or a declaration without one.
PIECE = re.compile(
    r'(?P<comment>/\*\*(?:(?!\*/).)*\*/\s*)?'
    r'^(?P<declaration>(?:const\s+|struct\s+|enum\s+)*\w[\w\s\*]*?\b(?P<name>mw_\w+)\s*'
    r'\((?P<arguments>[^;{]*)\)[^;{]*;)',
    re.DOTALL | re.MULTILINE)


def check(path, text):
    # What the files of one type share among themselves is not public.
    if path.endswith('-private.h'):
        return
    text = re.sub(r'^#define.*?(?<!\\)$', '', text, flags=re.MULTILINE)
    for match in PIECE.finditer(text):
        line = text.count('\n', 0, match.start('declaration')) + 1
        name, comment = match.group('name'), match.group('comment')
        if comment is None:
            if not PLAIN.search(name):
                yield line, f'{name}() has no documentation'
            continue
        if not re.search(rf'^ \* {name}:', comment, re.MULTILINE):
            yield line, f'the comment above {name}() is about something else'
            continue
        for argument in re.findall(r'^ \* @(\w+):', comment, re.MULTILINE):
            if not re.search(rf'\b{argument}\b', match.group('arguments')):
                yield line, f'{name}() has no argument {argument}'


BAD = {
    'no comment': ('src/core/mw-x.h', 'void mw_x_dance (int steps);\n'),
    'other name': ('src/core/mw-x.h', '/**\n * mw_x_sing:\n */\nvoid mw_x_dance (int steps);\n'),
    'other argument': ('src/core/mw-x.h',
                       '/**\n * mw_x_dance:\n * @speed: a\n */\nvoid mw_x_dance (int steps);\n'),
}

GOOD = {
    'documented': ('src/core/mw-x.h',
                   '/**\n * mw_x_dance:\n * @steps: how many\n */\n'
                   'void        mw_x_dance (int          steps,\n'
                   '                        GError     **error);\n'
                   'const char *mw_x_get_name (MwX *self);\n'),
}

if __name__ == '__main__':
    source_tree.run(check, source_tree.walk('src', suffixes=('.h',)), BAD, GOOD)

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Habits in C that can be seen line by line."""

import re

import source_tree

# Calls have a blank before the parenthesis; these are written without.
NO_BLANK = {'g_autoptr', 'g_auto', 'g_autolist', 'g_autoslist', 'g_autoqueue', 'defined',
            '__attribute__', '_', 'N_', 'C_', 'Q_', 'ngettext'}

RULES = [
    (re.compile(r'[!=]=\s*(TRUE|FALSE)\b'), 'booleans are not compared with TRUE or FALSE'),
    (re.compile(r'\b(gchar|gint|gfloat|gdouble)\b'), 'char, int, double; not gchar'),
    (re.compile(r'\bgoto\b'), 'no goto: g_autoptr cleans up'),
    (re.compile(r'error->code\s*[!=]='), 'g_error_matches() compares the domain, too'),
    (re.compile(r'\bg_(main_loop_run|main_context_iteration)\b'), 'no nested main loop'),
    (re.compile(r'\bsecret_password_\w+'), 'secret_service_…: the other hides secrets in Flatpak'),
    (re.compile(r'\bg_(print|printerr)\b'), 'the engine and the window do not print'),
]

# Rule by its message: where it does not hold.
ELSEWHERE = {
    'no nested main loop': ('src/cli/', 'tests/'),
    'the engine and the window do not print': ('src/cli/', 'tests/', 'src/export/nss-helper/',
                                               'src/app/mw-application.c'),
}

CALL = re.compile(r'\b([a-z_][A-Za-z0-9_]*)\(')


def check(path, text):
    for number, line in enumerate(source_tree.blank_out(text).split('\n'), 1):
        for pattern, message in RULES:
            if pattern.search(line) and not path.startswith(ELSEWHERE.get(message, ())):
                yield number, message
        if re.match(r'\s*#\s*define', line):
            continue
        for match in CALL.finditer(line):
            if match.group(1) not in NO_BLANK:
                yield number, f'a blank belongs between {match.group(1)} and ('


BAD = {
    'compare with TRUE': ('src/core/mw-x.c', 'if (a == TRUE)\n'),
    'gchar': ('src/core/mw-x.c', 'gchar *a;\n'),
    'goto': ('src/core/mw-x.c', 'goto out;\n'),
    'code without domain': ('src/core/mw-x.c', 'if (error->code == 1)\n'),
    'nested loop': ('src/setup/mw-x.c', 'g_main_loop_run (loop);\n'),
    'secret_password': ('src/store/mw-x.c', 'secret_password_store (a);\n'),
    'prints': ('src/net/mw-x.c', 'g_print ("a");\n'),
    'no blank': ('src/core/mw-x.c', 'mw_secret_new(a);\n'),
}

GOOD = {
    'in a comment': ('src/core/mw-x.c', '/* goto or foo() */\n'),
    'in a string': ('src/core/mw-x.c', 'a = "gchar foo(bar)";\n'),
    'macros': ('src/core/mw-x.c', 'g_autoptr(GError) error = NULL;\n#define foo(x) (x)\n'),
    'cli prints': ('src/cli/mw-x.c', 'g_print ("a");\n'),
}

if __name__ == '__main__':
    source_tree.run(check, source_tree.walk('src', 'tests', suffixes=('.c', '.h')), BAD, GOOD)

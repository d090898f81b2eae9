#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""GCC's analyser and clang's (scan-build) have nothing to say about src/.

Both are first given a mistake that they have to find. Checks against
programming errors (g_return_if_fail) are compiled out: what they return is
not meant to go on.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import source_tree

FLAGS = '-DG_DISABLE_CHECKS'
SAMPLE = '''#include <stdlib.h>
char *f (void);
char *f (void) { char *a = malloc (1); if (a == NULL) return NULL; free (a); return a; }
int g (int *p);
int g (int *p) { int *q = p == NULL ? NULL : p; if (q == NULL) return *q; free (q); return *q; }
'''


def run(*words, **more):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors='replace', check=False, **more)
    return done.returncode, done.stdout


def findings_of(output):
    """The warnings of an analyser, each once."""
    found = re.findall(r'^(\S+:\d+:\d+: warning: .*\[(?:-Wanalyzer|[a-z]+\.)\S*\])', output,
                       re.MULTILINE)
    return sorted(set(found))


def find_sample(folder, *words):
    """Whether an analyser finds the mistakes in the sample."""
    path = os.path.join(folder, 'sample.c')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(SAMPLE)
    return bool(findings_of(run(*words, '-c', path, '-o', os.path.join(folder, 'sample.o'))[1]))


def build(folder, compiler, flags, wrapper):
    """Builds src/ and gives what was said, and whether it went well."""
    env = dict(os.environ, CC=compiler)
    code, output = run(*wrapper, 'meson', 'setup', folder, source_tree.SOURCE_ROOT,
                       '-Dtests=false', '-Dapp=auto', '-Dc_args=' + flags, env=env)
    if code != 0:
        return output, False
    code, output = run(*wrapper, 'ninja', '-k', '0', '-C', folder, env=env)
    return output, code == 0


def check_gcc(folder):
    if not find_sample(folder, 'gcc', '-fanalyzer'):
        return ['self-test: gcc -fanalyzer is blind']
    output, good = build(os.path.join(folder, 'gcc'), 'gcc', FLAGS + ' -fanalyzer', ())
    return findings_of(output) + ([] if good else [output[-4000:]])


def check_clang(folder):
    if shutil.which('scan-build') is None:
        return ['scan-build is missing (Debian: clang-tools)']
    # Without the two that do not know the cleanup attribute, and call every
    # g_autoptr a leak and every owner that is only let go a dead store.
    scan = ('scan-build', '--use-cc=clang', '-o', os.path.join(folder, 'reports'),
            '-disable-checker', 'unix.Malloc', '-disable-checker', 'deadcode.DeadStores')
    if not find_sample(folder, *scan, 'clang'):
        return ['self-test: scan-build is blind']
    output, good = build(os.path.join(folder, 'clang'), 'clang', FLAGS, scan)
    return findings_of(output) + ([] if good else [output[-4000:]])


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as top:
        failures = check_gcc(top) + check_clang(top)
    for failure in failures:
        print(failure)
    print(f'{len(failures)} findings')
    sys.exit(1 if failures else 0)

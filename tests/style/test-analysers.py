#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""GCC's analyser and clang's have nothing to say about src/.

Both are first given a mistake that they have to find. Each file is given to
them as the build compiled it, but for checks against programming errors
(g_return_if_fail), which are compiled out: what they return is not meant to
go on. They take minutes, and nobody waits for them: they give way to the
scripts that run beside them.
"""

import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
SOURCES = os.path.join(os.path.dirname(TESTS), 'src', '')
BUILD = os.environ.get('MW_BUILD_DIR', os.path.join(os.path.dirname(TESTS), '_build'))

GCC = ['gcc', '-fanalyzer', '-c', '-o', os.devnull, '-DG_DISABLE_CHECKS']
# Without the two that do not know the cleanup attribute, and call every
# g_autoptr a leak and every owner that is only let go a dead store.
CLANG = ['clang', '--analyze', '--analyzer-output', 'text', '-DG_DISABLE_CHECKS',
         '-Xclang', '-analyzer-disable-checker=unix.Malloc,deadcode.DeadStores']
SAMPLE = '''#include <stdlib.h>
char *f (void);
char *f (void) { char *a = malloc (1); if (a == NULL) return NULL; free (a); return a; }
int g (int *p);
int g (int *p) { int *q = p == NULL ? NULL : p; if (q == NULL) return *q; free (q); return *q; }
'''


def findings_of(output):
    """The warnings of an analyser, each once."""
    found = re.findall(r'^(\S+:\d+:\d+: warning: .*\[(?:-Wanalyzer|[a-z]+\.)\S*\])', output,
                       re.MULTILINE)
    return set(found)


def analyse(analyser, words, path, folder):
    """What an analyser finds in one file; that it could not read it is a finding, too."""
    done = subprocess.run([*analyser, *words, '-fdiagnostics-color=never', path], cwd=folder,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors='replace', check=False)
    return findings_of(done.stdout) | ({done.stdout[-4000:]} if done.returncode != 0 else set())


def sources():
    """The files of src/ that the build compiled: [(words of the compiler, path, folder)]."""
    found = {}
    with open(os.path.join(BUILD, 'compile_commands.json'), encoding='utf-8') as file:
        for entry in json.load(file):
            path = os.path.normpath(os.path.join(entry['directory'], entry['file']))
            if path.startswith(SOURCES):
                # What the code means; not which warnings are wanted, nor where the result goes.
                words = [word for word in shlex.split(entry['command'])
                         if re.match('-[DIOfmp]|-std=', word)]
                found[path] = (words, path, entry['directory'])
    return list(found.values())


def check(name, analyser, todo, pool):
    if shutil.which(name) is None:
        return [f'{name} is not installed']
    with tempfile.NamedTemporaryFile('w', suffix='.c', encoding='utf-8') as file:
        file.write(SAMPLE)
        file.flush()
        if not analyse(analyser, [], file.name, None):
            return [f'{name} is blind: it finds nothing in the sample']
    found = set().union(*pool.map(lambda job: analyse(analyser, *job), todo))
    return sorted(found)


def main():
    os.nice(19)
    todo = sources()
    print('1..2', flush=True)
    good = True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (name, analyser) in enumerate((('gcc', GCC), ('clang', CLANG)), 1):
            found = check(name, analyser, todo, pool)
            for finding in found:
                print('\n'.join('# ' + line for line in finding.splitlines()))
            print(f"{'not ok' if found else 'ok'} {number} - {name}: {len(todo)} files, "
                  f"{len(found)} findings", flush=True)
            good = good and not found
    return 0 if good and todo else 1


if __name__ == '__main__':
    sys.exit(main())

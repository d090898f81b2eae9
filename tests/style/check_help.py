#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""The help, in English and in every other language: each problem that people
are shown has its section with every title it may have, each page of the window
and each dialog leads to a topic, and all links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import check_translations
import source_tree

MALLARD = '{http://projectmallard.org/1.0/}'
ADVICE = ('src/setup/mw-advice-outcome.c', 'src/setup/mw-advice-sign-in.c')
ERRORS = 'src/setup/mw-advice-error.c'
PROBLEMS = 'problems'
HAND_OVER = 'hand-over'

# What is no problem, and errors that nobody can come to in the window.
NO_PROBLEM = {'works', 'pending', 'not-needed', 'cancelled'}
NO_ERROR = {'MW_STORE_ERROR_NOT_FOUND', 'MW_STORE_ERROR_AMBIGUOUS'}

# Names that stand in the window of another program.
FOREIGN = {'Privacy & Security'}

DIALOG = re.compile(r'G_DEFINE_FINAL_TYPE \(\w+, \w+, '
                    r'(?:ADW|GTK)_TYPE_(?!APPLICATION)\w*(?:WINDOW|DIALOG)\)')

ROW = re.compile(r'^  \{ MW_(OUTCOME|STORE_ERROR|EXPORT_ERROR)_(\w+), \w+, N_\("([^"]+)"\)',
                 re.MULTILINE)


def advice_titles():
    """Title and nick of each outcome that is shown to people."""
    for path in ADVICE:
        for _, name, title in ROW.findall(source_tree.read(path)):
            nick = name.lower().replace('_', '-')
            if nick not in NO_PROBLEM:
                yield nick, title


def error_titles():
    for kind, name, title in ROW.findall(source_tree.read(ERRORS)):
        if f'MW_{kind}_{name}' not in NO_ERROR:
            yield title


def outcomes():
    """The words of MwOutcome that are problems."""
    text = source_tree.read('src/core/mw-enums.h')
    nicks = [name.lower().replace('_', '-')
             for name in re.findall(r'^  MW_OUTCOME_(\w+),', text, re.MULTILINE)]
    return [nick for nick in nicks if nick not in NO_PROBLEM]


def text_of(element):
    return ' '.join(''.join(element.itertext()).split())


def sections(page):
    """The id of each section of a page, and its text."""
    return {node.get('id'): text_of(node) for node in page.iter(f'{MALLARD}section')}


def check_problems(pages, say):
    """Each problem has its section, and each of its titles stands in it."""
    found = sections(pages[PROBLEMS])
    for nick in outcomes():
        if nick not in found:
            yield f'{PROBLEMS}: no section “{nick}”'
    for nick, title in advice_titles():
        if say(title) not in found.get(nick, ''):
            yield f'{PROBLEMS}#{nick} does not have the title “{say(title)}”'
    for title in error_titles():
        if say(title) not in text_of(pages[HAND_OVER]):
            yield f'{HAND_OVER} does not have the title “{say(title)}”'


def topics():
    """What the program asks the help viewer for: place and topic."""
    for path in source_tree.walk('src/app', suffixes=('.c',)):
        for match in re.finditer(r'mw_help_(?:attach|show) \([^;]*?"([\w#-]+)"\)',
                                 source_tree.read(path)):
            yield path, match.group(1)
    path = 'src/app/mw-window-help.c'
    for _, topic in window_topics():
        yield path, topic


def window_topics():
    text = source_tree.read('src/app/mw-window-help.c')
    return re.findall(r'^  \{ "([\w-]+)", "([\w#-]+)" \},', text, re.MULTILINE)


def check_topics(pages):
    """F1 leads somewhere, on every page of the window."""
    names = re.findall(r'<object class="GtkStackPage">\s*<property name="name">([\w-]+)<',
                       source_tree.read('src/app/mw-window.ui'))
    if len(names) < 5:
        yield 'src/app/mw-window.ui: where are the pages?'
    for name in set(names) - {'start'} - {page for page, _ in window_topics()}:
        yield f'src/app/mw-window-help.c: no topic for the page “{name}”'
    for path, topic in topics():
        page, _, section = topic.partition('#')
        if page not in pages or (section and section not in sections(pages[page])):
            yield f'{path}: there is no topic “{topic}”'


def check_dialogs():
    """F1 leads somewhere in each dialog, too."""
    for path in source_tree.walk('src/app', suffixes=('.c',)):
        text = source_tree.read(path)
        dialogs = DIALOG.search(text) is not None or 'adw_message_dialog_new (' in text
        if dialogs and 'mw_help_attach' not in text:
            yield f'{path}: F1 does nothing in it: mw_help_attach() is missing'


def controls(page):
    """What the help calls the controls of the program."""
    return sorted({text_of(node) for node in page.iter(f'{MALLARD}gui')} - FOREIGN)


def check_controls(pages, words):
    """The help calls each control what it is called in the window; words is
    what the program says for each of its English texts."""
    for name, page in pages.items():
        for control in controls(page):
            if control not in words:
                yield f'{name}: there is no “{control}” in the program'


def bare(text):
    """A label as it is read."""
    return text.replace('_', '')


def check_list(names):
    """All pages are installed, and yelp-check has nothing to say."""
    listed = re.findall(r"'([\w-]+)\.page'", source_tree.read('help/meson.build'))
    if sorted(names) != listed:
        yield 'help/meson.build: the list is not that of the folder, sorted'
    if shutil.which('yelp-check') is None:
        return
    for what in ('links', 'ids', 'orphans', 'comments'):
        done = subprocess.run(['yelp-check', what, 'help/C'], cwd=source_tree.SOURCE_ROOT,
                              check=False, capture_output=True, text=True)
        for line in done.stdout.splitlines():
            yield f'yelp-check {what}: {line}'


def read_pages(folder):
    pages = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith('.page'):
            tree = xml.etree.ElementTree.parse(os.path.join(folder, name))
            pages[name[:-len('.page')]] = tree.getroot()
    return pages


def translated_pages(language, folder):
    """The pages as they are installed for that language."""
    catalogue = os.path.join(folder, 'help.mo')
    check_translations.run(['msgfmt', '-o', catalogue, f'help/{language}/{language}.po'])
    check_translations.run(['itstool', '-m', catalogue, '-o', folder,
                            *source_tree.walk('help/C', suffixes=('.page',))])
    return read_pages(folder)


def program_words(language):
    """The program's texts in that language, by the English ones."""
    words = {}
    for _, fields in check_translations.entries(source_tree.read(f'po/{language}.po')):
        words.setdefault(fields.get('msgid', ''), []).append(fields.get('msgstr', ''))
    return words


def check_translated_controls(pages, translated, words):
    """What the program calls a control in that language, the help does, too."""
    labels = {}
    for text, values in words.items():
        labels.setdefault(bare(text), set()).update(bare(value) for value in values)
    for name, page in pages.items():
        found = set(controls(translated[name]))
        for control in controls(page):
            wanted = labels.get(control, set())
            if wanted and not wanted & found:
                yield f'{name}: “{control}” is called {" or ".join(sorted(wanted))}'


def ids(pages):
    return {name: [node.get('id') for node in page.iter() if node.get('id')]
            for name, page in pages.items()}


def self_test(pages):
    """A section, a title or a topic that is not there is found."""
    def same(text):
        return text

    assert not list(check_problems(pages, same)), 'the pages are not fit for this'
    root = xml.etree.ElementTree.fromstring(xml.etree.ElementTree.tostring(pages[PROBLEMS]))
    for node in root.iter(f'{MALLARD}section'):
        if node.get('id') == 'timeout':
            node.set('id', 'time-out')
    found = list(check_problems(pages | {PROBLEMS: root}, same))
    assert f'{PROBLEMS}: no section “timeout”' in found and len(found) > 1, found
    assert list(check_problems(pages, str.upper)) != []
    assert list(check_controls({PROBLEMS: pages[PROBLEMS]}, {})) != []
    words = {control: ['another'] for control in controls(pages[PROBLEMS])}
    assert list(check_translated_controls(pages, pages, words)) != []
    assert list(check_topics({PROBLEMS: pages[PROBLEMS]})) != []


def main():
    found = []
    pages = read_pages(os.path.join(source_tree.SOURCE_ROOT, 'help/C'))
    found += check_list(pages)
    found += check_topics(pages)
    found += check_dialogs()
    found += check_problems(pages, lambda text: text)
    if not found:
        self_test(pages)
    for line in source_tree.read('help/LINGUAS').splitlines():
        if not line or line.startswith('#'):
            continue
        with tempfile.TemporaryDirectory() as folder:
            translated = translated_pages(line, folder)
        words = program_words(line)
        found += check_controls(pages, {bare(text) for text in words})
        found += [f'{line}: {fault}' for fault in
                  check_translated_controls(pages, translated, words)]
        found += [f'{line}: {fault}' for fault in
                  check_problems(translated, lambda text, words=words: words.get(text, [text])[0])]
        if ids(translated) != ids(pages):
            found.append(f'{line}: the ids are not those of the English pages')
    for fault in found:
        print(fault)
    print(f'{len(pages)} pages, {len(outcomes())} problems, {len(found)} faults')
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()

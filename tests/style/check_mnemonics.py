#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""No letter stands for two things: within one menu, and within one template,
in English and in every other language."""

import re
import xml.etree.ElementTree

import check_translations
import source_tree


def languages():
    """What a text is called in each language; English as it stands."""
    yield 'C', {}
    for line in source_tree.read('po/LINGUAS').splitlines():
        if not line or line.startswith('#'):
            continue
        words = {}
        for _, fields in check_translations.entries(source_tree.read(f'po/{line}.po')):
            words[fields.get('msgctxt'), fields.get('msgid')] = fields.get('msgstr', '')
        yield line, words


LANGUAGES = list(languages())


def letter(label):
    """What is pressed with Alt, or nothing."""
    match = re.search(r'_(\w)', label.replace('__', ''))
    return match.group(1).casefold() if match else None


def labels(element):
    """The translatable labels with a mnemonic below an element, with context."""
    for node in element.iter():
        if node.tag in ('property', 'attribute') and node.get('name') in ('label', 'title') and \
           node.get('translatable') == 'yes' and node.text and letter(node.text):
            yield node.get('context'), node.text


def groups(root):
    """Each menu, and all that is outside of one."""
    for menu in root.findall('menu'):
        yield menu.get('id'), list(labels(menu))
    yield 'template', [label for child in root if child.tag != 'menu' for label in labels(child)]


def check(path, text):
    for group, found in groups(xml.etree.ElementTree.fromstring(text)):
        for language, words in LANGUAGES:
            seen = {}
            for key in found:
                label = words.get(key) or key[1]
                key_letter = letter(label)
                if key_letter is None:
                    yield 1, f'{language}, {group}: “{label}” has no mnemonic'
                elif seen.setdefault(key_letter, label) != label:
                    yield 1, f'{language}, {group}: “{label}” and “{seen[key_letter]}”'


def sample(*names, menu=False):
    inner = ''.join(f'<property name="label" translatable="yes">{name}</property>'
                    if not menu else
                    f'<item><attribute name="label" translatable="yes">{name}</attribute></item>'
                    for name in names)
    inner = f'<menu id="m">{inner}</menu>' if menu else f'<object>{inner}</object>'
    return 'src/app/mw-x.ui', f'<interface>{inner}</interface>'


BAD = {
    'twice in a template': sample('_Open', 'Cl_ose'),
    'twice in a menu': sample('_Open', 'Cl_ose', menu=True),
}

GOOD = {
    'different letters': sample('_Open', '_Close'),
    'the same button on two pages': sample('_Close', '_Close'),
    'no mnemonic at all': sample('Open', 'Close', menu=True),
}

if __name__ == '__main__':
    source_tree.run(check, source_tree.walk('src/app', suffixes=('.ui',)), BAD, GOOD)

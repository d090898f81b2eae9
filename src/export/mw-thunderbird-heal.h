/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mw_thunderbird_heal_root:
 * @root: descriptor of the folder with profiles.ini, whose turn is ours
 *
 * Removes profile folders that an interrupted run began to make there. One
 * that Thunderbird knows, or in which anything of others lies, is left alone.
 */
void mw_thunderbird_heal_root (int        root);

/**
 * mw_thunderbird_heal:
 * @targets: (element-type MwExportTarget): what was found
 *
 * Puts back what interrupted runs left half-way, where nobody is at work.
 * Blocks on the disk.
 */
void mw_thunderbird_heal      (GPtrArray *targets);

G_END_DECLS

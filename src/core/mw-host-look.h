/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MwHostLook:
 * @MW_HOST_LOOK_PLAIN: ASCII only
 * @MW_HOST_LOOK_LETTERS: other letters, too, which can be shown
 * @MW_HOST_LOOK_IMITATION: a label in another script than Latin, of letters
 *   that all look like Latin ones, where that script is not at home
 * @MW_HOST_LOOK_UNREADABLE: scripts that nobody mixes within a label,
 *   characters that no name has, or nothing that leads back to the same name
 *
 * What a name is like for whoever reads it. The worst label counts.
 */
typedef enum {
  MW_HOST_LOOK_PLAIN,
  MW_HOST_LOOK_LETTERS,
  MW_HOST_LOOK_IMITATION,
  MW_HOST_LOOK_UNREADABLE,
} MwHostLook;

/**
 * mw_host_look_judge:
 * @name: a normalised name
 * @out_letters: (out) (optional) (nullable) (transfer full): the name in
 *   letters, where they can be shown
 *
 * Labels may mix scripts as UTS #39 §5.2, “highly restrictive”, says: each has
 * one script, or Latin and those of China, Japan or Korea. One of Cyrillic,
 * Greek, Armenian, Georgian or Hebrew letters that all look like Latin ones is
 * taken for an imitation unless the top-level domain belongs to that script.
 *
 * Returns: what it is like
 */
MwHostLook mw_host_look_judge (const char  *name,
                               char       **out_letters);

G_END_DECLS

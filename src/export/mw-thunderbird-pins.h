/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"
#include "export/mw-thunderbird-folder.h"
#include "export/mw-thunderbird-settings.h"

G_BEGIN_DECLS

#define MW_THUNDERBIRD_PINS_FILE "cert_override.txt"

/**
 * MwThunderbirdPins:
 * @remembered: (nullable): in and out: what we wrote and nobody else, as text
 *   for the account file
 *
 * The certificates accepted by hand, on their way into a profile folder.
 */
typedef struct {
  char   *remembered;
  GBytes *before;
  GBytes *after;
  GPtrArray *added;     /* element utf8: "HOST:PORT" */
  GPtrArray *removed;
} MwThunderbirdPins;

/**
 * mw_thunderbird_pins_read:
 * @folder: the profile folder
 * @remembered: (nullable): what an earlier export left in @remembered
 *
 * Returns: (transfer full) (nullable): the state so far
 */
MwThunderbirdPins *mw_thunderbird_pins_read   (MwThunderbirdFolder    *folder,
                                               const char             *remembered,
                                               GError                **error);
void               mw_thunderbird_pins_free   (MwThunderbirdPins      *self);

/**
 * mw_thunderbird_pins_apply:
 * @settings: of the profile folder, as they are going to be
 * @profile: (nullable): the account; %NULL when it has been taken out
 *
 * Writes the account's pins, and takes back those it does not have any more,
 * unless another account in Thunderbird has the same server.
 *
 * Returns: whether the file changes; then the contents are in @after
 */
gboolean           mw_thunderbird_pins_apply  (MwThunderbirdPins      *self,
                                               MwThunderbirdSettings  *settings,
                                               MwProfile              *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwThunderbirdPins, mw_thunderbird_pins_free)

G_END_DECLS

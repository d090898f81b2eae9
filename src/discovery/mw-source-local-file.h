/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "discovery/mw-source.h"

G_BEGIN_DECLS

#define MW_TYPE_SOURCE_LOCAL_FILE (mw_source_local_file_get_type ())

/**
 * MwSourceLocalFile:
 *
 * Settings documents on this computer, one file `DOMAIN.xml` for each domain
 * (an international one in its ASCII form). They come from an administrator or
 * from the person, who may have got them from anywhere: grade D, like entries
 * added to the list of providers.
 */
G_DECLARE_FINAL_TYPE (MwSourceLocalFile, mw_source_local_file, MW, SOURCE_LOCAL_FILE, GObject)

/**
 * mw_source_local_file_new:
 * @folders: (array zero-terminated=1): where the files are, the one that
 *   counts most first
 *
 * Files are read in a thread, and only regular ones of up to
 * %MW_AUTOCONFIG_XML_MAX_SIZE bytes.
 *
 * Returns: (transfer full): a source that has not read yet
 */
MwSource *mw_source_local_file_new (const char * const *folders);

G_END_DECLS

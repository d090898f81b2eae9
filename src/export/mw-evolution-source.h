/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include "core/mw-profile.h"

G_BEGIN_DECLS

/* The key files of Evolution Data Server ("sources"): text in, text out. */

/**
 * MwEvolutionKind:
 * @MW_EVOLUTION_ACCOUNT: the incoming server
 * @MW_EVOLUTION_TRANSPORT: the outgoing server
 * @MW_EVOLUTION_IDENTITY: name and address in From
 * @MW_EVOLUTION_SIGNATURE: name of a signature; its text is a file of its own
 */
typedef enum {
  MW_EVOLUTION_ACCOUNT,
  MW_EVOLUTION_TRANSPORT,
  MW_EVOLUTION_IDENTITY,
  MW_EVOLUTION_SIGNATURE,
} MwEvolutionKind;

/**
 * MwEvolutionUids:
 * @account: of the account source
 * @transport: of the transport source; "" for "receive only"
 * @identity: of the identity source
 * @signature: (nullable): of the signature source; "" for "no longer any",
 *   %NULL to leave the person's choice alone
 * @folders: (nullable elements): by %MwFolderUse the paths of the folders that
 *   an earlier export had; what stands there and is another one was chosen by
 *   the person, and stays
 * @by_hand: the person made the account: only what the log-in needs is changed
 *
 * The sources of one account name one another.
 */
typedef struct {
  char *account;
  char *transport;
  char *identity;
  char *signature;
  char *folders[MW_N_FOLDER_USES];
  gboolean by_hand;
} MwEvolutionUids;

void        mw_evolution_uids_clear             (MwEvolutionUids       *uids);

/**
 * mw_evolution_source_new_uid:
 *
 * Returns: (transfer full): a fresh one, in the form Evolution gives
 */
char       *mw_evolution_source_new_uid         (void);

/**
 * mw_evolution_source_make_uid:
 * @kind: which of the sources of @profile
 * @profile: an account
 * @target_id: where it goes
 *
 * The uid for a new source, the same one until an export came to its end: a
 * run that comes after one that was interrupted finds its passwords, files and
 * sources by it. After that it is another, since Evolution does not like to
 * see the uid of a source again that was removed there.
 *
 * Returns: (transfer full): a uid
 */
char       *mw_evolution_source_make_uid        (MwEvolutionKind  kind,
                                                 MwProfile       *profile,
                                                 const char      *target_id);

/**
 * mw_evolution_source_is_uid:
 *
 * Returns: whether @uid is one that may become a file name
 */
gboolean    mw_evolution_source_is_uid          (const char            *uid);

/**
 * mw_evolution_source_get_group:
 *
 * Returns: (transfer none): the group only sources of this kind have
 */
const char *mw_evolution_source_get_group       (MwEvolutionKind        kind);

/**
 * mw_evolution_source_get_backend:
 *
 * Returns: (transfer none): Evolution's name for the protocol
 */
const char *mw_evolution_source_get_backend     (MwProtocol             protocol);

/**
 * mw_evolution_source_get_folder_key:
 *
 * Returns: (transfer none): under which the account remembers that folder
 */
const char *mw_evolution_source_get_folder_key  (MwFolderUse            use);

/**
 * mw_evolution_source_make_path:
 *
 * Returns: (transfer full) (nullable): that folder, if the server named one
 */
char       *mw_evolution_source_make_path       (MwProfile             *profile,
                                                 MwFolderUse            use);

/**
 * mw_evolution_source_get_sign_in:
 *
 * Returns: (transfer none) (nullable): the browser sign-in that Evolution has
 *   a client of its own for at this server; %NULL when it has none
 */
const char *mw_evolution_source_get_sign_in     (MwEndpoint            *endpoint);

/**
 * mw_evolution_source_load:
 * @data: (nullable): text of a source
 *
 * Returns: (transfer full) (nullable): the parsed source, %NULL when it is none
 */
GKeyFile   *mw_evolution_source_load            (const char            *data);

/**
 * mw_evolution_source_render:
 * @kind: what to make
 * @profile: the account
 * @uids: of all its sources
 * @former: (nullable): text of the source so far; keys that are not ours are
 *   kept
 *
 * Returns: (transfer full): text of the source; equals @former byte for byte
 *   when nothing has to change
 */
char       *mw_evolution_source_render          (MwEvolutionKind        kind,
                                                 MwProfile             *profile,
                                                 const MwEvolutionUids *uids,
                                                 const char            *former);

/**
 * mw_evolution_source_server_differs:
 *
 * Returns: whether the two texts name different servers, log-ins or security,
 *   which an open connection of Evolution does not notice
 */
gboolean    mw_evolution_source_server_differs  (const char            *a,
                                                 const char            *b);

G_END_DECLS

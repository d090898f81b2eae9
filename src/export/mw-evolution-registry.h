/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Evolution Data Server's list of sources, over D-Bus. The service is started
 * when it is not running; no library of Evolution is needed. */

#define MW_EVOLUTION_REGISTRY_NAME "org.gnome.evolution.dataserver.Sources5"

/**
 * MwEvolutionEntry:
 * @uid: names the source
 * @path: its object, for Write and Remove
 * @data: its whole key file
 * @file: the same, parsed
 * @writable: whether it may be changed
 * @removable: whether it may be removed; an account of GNOME Online Accounts
 *   may not
 *
 * A source as it is.
 */
typedef struct {
  char     *uid;
  char     *path;
  char     *data;
  GKeyFile *file;
  gboolean  writable;
  gboolean  removable;
} MwEvolutionEntry;

MwEvolutionEntry *mw_evolution_entry_new             (const char           *uid,
                                                      const char           *path,
                                                      const char           *data,
                                                      gboolean              writable,
                                                      gboolean              removable);
void              mw_evolution_entry_free            (MwEvolutionEntry     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MwEvolutionEntry, mw_evolution_entry_free)

/**
 * mw_evolution_registry_list_async:
 * @name: of the data server on @bus
 *
 * Reads all sources.
 */
void              mw_evolution_registry_list_async    (GDBusConnection      *bus,
                                                       const char           *name,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);

/**
 * mw_evolution_registry_list_finish:
 * @error: return location for a %MW_EXPORT_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type MwEvolutionEntry): the sources
 */
GPtrArray        *mw_evolution_registry_list_finish   (GDBusConnection      *bus,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/**
 * mw_evolution_registry_create_async:
 * @sources: `a{ss}`: uid and text of each new source
 *
 * Makes sources. After an error some of them may exist.
 */
void              mw_evolution_registry_create_async  (GDBusConnection      *bus,
                                                       const char           *name,
                                                       GVariant             *sources,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);

/**
 * mw_evolution_registry_write_async:
 *
 * Replaces the whole text of a source.
 */
void              mw_evolution_registry_write_async   (GDBusConnection      *bus,
                                                       const char           *name,
                                                       const char           *path,
                                                       const char           *data,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);

/**
 * mw_evolution_registry_remove_async:
 *
 * Removes a source and its children.
 */
void              mw_evolution_registry_remove_async  (GDBusConnection      *bus,
                                                       const char           *name,
                                                       const char           *path,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);

/**
 * mw_evolution_registry_call_finish:
 *
 * The end of create, write and remove.
 */
gboolean          mw_evolution_registry_call_finish   (GDBusConnection      *bus,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-export-facts.h"

#include "core/mw-endpoint.h"

#define N_ITEMS (MW_EXPORT_ITEM_AUTHORITY + 1)

struct _MwExportFacts
{
  char *values[N_ITEMS];
  char *folders[MW_N_FOLDER_USES];
};

MwExportFacts *
mw_export_facts_new (void)
{
  return g_new0 (MwExportFacts, 1);
}

void
mw_export_facts_free (MwExportFacts *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < N_ITEMS; i++)
    g_free (self->values[i]);
  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    g_free (self->folders[i]);
  g_free (self);
}

static void
take (char **place,
      char  *value)
{
  g_free (*place);
  *place = value;
  if (value != NULL && *value == '\0')
    g_clear_pointer (place, g_free);
}

void
mw_export_facts_take (MwExportFacts *self,
                      MwExportItem   item,
                      char          *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (item < N_ITEMS && item != MW_EXPORT_ITEM_FOLDER);

  take (&self->values[item], value);
}

void
mw_export_facts_take_folder (MwExportFacts *self,
                             MwFolderUse    use,
                             char          *path)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (use < MW_N_FOLDER_USES);

  take (&self->folders[use], path);
}

void
mw_export_facts_set_server (MwExportFacts *self,
                            MwProtocol     protocol,
                            MwSecurity     security,
                            const char    *host,
                            int            port)
{
  g_autoptr(MwEndpoint) endpoint = NULL;

  g_return_if_fail (self != NULL);

  if (host == NULL || *host == '\0')
    return;
  if (port <= 0 || port > G_MAXUINT16)
    port = mw_endpoint_default_port (protocol, security);

  endpoint = mw_endpoint_new (protocol, security, host, (guint16) port);
  take (&self->values[protocol == MW_PROTOCOL_SMTP ? MW_EXPORT_ITEM_OUTGOING_SERVER
                                                   : MW_EXPORT_ITEM_INCOMING_SERVER],
        mw_endpoint_to_string (endpoint));
}

static char *
make_folder_value (MwFolderUse  use,
                   const char  *path)
{
  return path != NULL ? g_strdup_printf ("%s:%s", mw_enum_to_nick (MW_TYPE_FOLDER_USE, use), path)
                      : NULL;
}

void
mw_export_facts_add_changes (MwExportFacts *former,
                             MwExportFacts *latter,
                             GPtrArray     *changes)
{
  g_return_if_fail (former != NULL);
  g_return_if_fail (latter != NULL);
  g_return_if_fail (changes != NULL);

  for (guint i = 0; i < N_ITEMS; i++)
    {
      if (g_strcmp0 (former->values[i], latter->values[i]) != 0)
        g_ptr_array_add (changes, mw_export_change_new (i, former->values[i],
                                                        latter->values[i]));
    }

  for (guint i = 0; i < MW_N_FOLDER_USES; i++)
    {
      g_autofree char *old = make_folder_value (i, former->folders[i]);
      g_autofree char *new = make_folder_value (i, latter->folders[i]);

      if (g_strcmp0 (old, new) != 0)
        g_ptr_array_add (changes, mw_export_change_new (MW_EXPORT_ITEM_FOLDER, old, new));
    }
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const MwExportChange *x = *(MwExportChange *const *) a;
  const MwExportChange *y = *(MwExportChange *const *) b;

  if (x->item != y->item)
    return (int) x->item - (int) y->item;
  return g_strcmp0 (x->latter != NULL ? x->latter : x->former,
                    y->latter != NULL ? y->latter : y->former);
}

void
mw_export_facts_sort (GPtrArray *changes)
{
  g_return_if_fail (changes != NULL);

  g_ptr_array_sort (changes, compare_changes);
}

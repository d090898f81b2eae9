/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-export-authority.h"

#include <string.h>

/* The value of @attribute in a distinguished name, without its escapes. */
static char *
get_part (const char *name,
          const char *attribute)
{
  gsize length = strlen (attribute);

  for (const char *at = name; *at != '\0'; at++)
    {
      if (g_ascii_strncasecmp (at, attribute, length) == 0 && at[length] == '=')
        {
          GString *value = g_string_new (NULL);

          for (at += length + 1; *at != '\0' && *at != ',' && *at != '+'; at++)
            {
              if (*at == '\\' && at[1] != '\0')
                at++;
              g_string_append_c (value, *at);
            }
          return g_string_free (value, FALSE);
        }
      while (*at != '\0' && *at != ',' && *at != '+')
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
      if (*at == '\0')
        return NULL;
      while (at[1] == ' ')
        at++;
    }

  return NULL;
}

MwExportAuthority *
mw_export_authority_new (const char *name,
                         const char *sha256,
                         gboolean    offered)
{
  static const char *const telling[] = { "CN", "OU", "O" };
  MwExportAuthority *self;

  g_return_val_if_fail (sha256 != NULL, NULL);

  self = g_new0 (MwExportAuthority, 1);
  for (gsize i = 0; name != NULL && self->name == NULL && i < G_N_ELEMENTS (telling); i++)
    self->name = get_part (name, telling[i]);
  if (self->name == NULL)
    self->name = g_strdup (name != NULL ? name : sha256);
  self->sha256 = g_strdup (sha256);
  self->offered = offered;
  return self;
}

void
mw_export_authority_free (MwExportAuthority *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->sha256);
  g_free (self);
}

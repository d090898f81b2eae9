/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-dns-records.h"

#include "core/mw-domain.h"

static int
compare_preference (gconstpointer a,
                    gconstpointer b)
{
  guint16 first, second;

  g_variant_get_child (*(GVariant **) a, 0, "q", &first);
  g_variant_get_child (*(GVariant **) b, 0, "q", &second);
  return (int) first - (int) second;
}

GPtrArray *
mw_dns_records_to_srv_targets (GList *records)
{
  g_autoptr(GPtrArray) result = NULL;
  GList *targets = NULL;
  gboolean refused = FALSE;

  for (GList *l = records; l != NULL; l = l->next)
    {
      guint16 priority, weight, port;
      const char *target;
      g_autofree char *host = NULL;

      g_variant_get (l->data, "(qqq&s)", &priority, &weight, &port, &target);
      refused |= *target == '\0' || g_str_equal (target, ".");
      host = mw_domain_normalize (target);
      if (host != NULL && port != 0)
        targets = g_list_prepend (targets, g_srv_target_new (host, port, priority, weight));
    }

  result = g_ptr_array_new_with_free_func ((GDestroyNotify) g_srv_target_free);
  targets = g_srv_target_list_sort (targets);
  for (GList *l = targets; l != NULL; l = l->next)
    g_ptr_array_add (result, l->data);
  g_list_free (targets);

  /* Beside real targets a "." means nothing. */
  if (result->len == 0 && refused)
    g_ptr_array_add (result, g_srv_target_new ("", 0, 0, 0));

  return g_steal_pointer (&result);
}

GPtrArray *
mw_dns_records_to_exchangers (GList *records)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GPtrArray) result = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = records; l != NULL; l = l->next)
    g_ptr_array_add (sorted, l->data);
  g_ptr_array_sort (sorted, compare_preference);

  for (guint i = 0; i < sorted->len; i++)
    {
      const char *exchanger;
      char *host;

      g_variant_get (g_ptr_array_index (sorted, i), "(q&s)", NULL, &exchanger);
      /* RFC 7505: "." says that there is none. */
      if (*exchanger == '\0' || g_str_equal (exchanger, "."))
        continue;

      /* A name that no host can have is still a mail exchanger elsewhere. */
      host = mw_domain_normalize (exchanger);
      g_ptr_array_add (result, host != NULL ? host : g_ascii_strdown (exchanger, -1));
    }

  return g_steal_pointer (&result);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-dns-records.h"

#include <arpa/nameser.h>
#include <string.h>

#include "core/mw-domain.h"

/* One record: strings with their lengths before them (RFC 1035 §3.3.14).
 * Returns: (nullable): the strings joined, if they are text */
static char *
join_strings (const guint8 *data,
              gsize         length)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < length; i += data[i] + 1)
    {
      if (data[i] > length - i - 1)
        return NULL;
      g_string_append_len (text, (const char *) data + i + 1, data[i]);
    }

  if (!g_utf8_validate (text->str, text->len, NULL))
    return NULL;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

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

GPtrArray *
mw_dns_records_to_texts (GList *records)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = records; l != NULL; l = l->next)
    {
      g_autofree const char **strings = NULL;

      g_variant_get (l->data, "(^a&s)", &strings);
      g_ptr_array_add (texts, g_strjoinv (NULL, (char **) strings));
    }

  return texts;
}

GPtrArray *
mw_dns_records_read_texts (const guint8  *message,
                           gsize          length,
                           GError       **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  ns_msg parsed;
  int n = -1;

  g_return_val_if_fail (message != NULL || length == 0, NULL);

  if (length <= NS_MAXMSG && ns_initparse (message, length, &parsed) == 0)
    n = ns_msg_count (parsed, ns_s_an);

  for (int i = 0; i < n; i++)
    {
      ns_rr record;
      char *text;

      if (ns_parserr (&parsed, ns_s_an, i, &record) != 0)
        {
          n = -1;
          break;
        }
      /* Aliases that were followed stand there, too. */
      if (ns_rr_type (record) != ns_t_txt)
        continue;
      text = join_strings (ns_rr_rdata (record), ns_rr_rdlen (record));
      if (text != NULL)
        g_ptr_array_add (texts, text);
    }

  if (n < 0)
    {
      g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL,
                           "The name server's answer cannot be read");
      return NULL;
    }

  return g_steal_pointer (&texts);
}

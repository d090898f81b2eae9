/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-review-text.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-host-markup.h"
#include "core/mw-domain.h"
#include "setup/mw-advice-refusal.h"
#include "setup/mw-advice.h"

#define NAME_MAX_CHARS 80

/* Where mail would go that does not belong to the domain, each place once. */
static char *
list_places (MwInspection *inspection,
             const char   *domain)
{
  g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  const char *home = mw_domain_get_registrable (domain);
  GPtrArray *candidates = inspection->candidates;

  for (guint i = 0; i < candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (candidates->pdata[i]);
      const char *host = mw_endpoint_get_host (endpoint);
      const char *place = mw_domain_get_registrable (host);
      g_autofree char *shown = NULL;

      if (place == NULL)
        place = host;
      if (g_strcmp0 (place, home) == 0)
        continue;
      shown = mw_host_markup_new (place);
      if (!g_ptr_array_find_with_equal_func (places, shown, g_str_equal, NULL))
        g_ptr_array_add (places, g_steal_pointer (&shown));
    }

  g_ptr_array_add (places, NULL);
  return g_strjoinv (", ", (char **) places->pdata);
}

char *
mw_review_text_tell_origin (MwInspection *inspection,
                            const char   *name,
                            const char   *signer)
{
  g_autofree char *file = mw_foreign_text_new (name, NAME_MAX_CHARS);
  g_autofree char *own = mw_foreign_text_new (inspection->name, NAME_MAX_CHARS);
  g_autofree char *signed_by = mw_foreign_text_new (signer, NAME_MAX_CHARS);
  g_autoptr(GString) text = g_string_new (NULL);

  /* Translators: first the name of a file, then what it is, such as "Settings
   * document (autoconfig)". */
  g_string_printf (text, _("From the file “%s”: %s."), file,
                   mw_advice_describe_kind (inspection->kind));
  if (*own != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a name that stands in the file. */
      g_string_append_printf (text, _("It calls itself “%s”."), own);
    }
  if (*signed_by != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is the name in a certificate. */
      g_string_append_printf (text, _("Signed by “%s”. That says nothing about the servers in "
                                      "it."), signed_by);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_review_text_describe_server (MwEndpoint *endpoint)
{
  g_autoptr(GString) text = g_string_new (NULL);

  /* Translators: a protocol, its security and a port, as in "IMAP, SSL/TLS,
   * port 993". */
  g_string_printf (text, _("%s, %s, port %u"),
                   mw_advice_name_protocol (endpoint),
                   mw_advice_describe_security (endpoint), mw_endpoint_get_port (endpoint));
  if (!mw_endpoint_is_mail_port (endpoint))
    g_string_append_printf (text, ". %s", _("This port is unusual and is not used on the word of "
                                            "a file. If it is right, enter it by hand."));
  if (mw_host_markup_is_unreadable (mw_endpoint_get_host (endpoint)))
    g_string_append_printf (text, ". %s", _("This name mixes letters as nobody writes them. "
                                            "It may imitate another name."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_review_text_tell_places (MwInspection *inspection,
                            const char   *domain)
{
  g_autofree char *places = list_places (inspection, domain);
  g_autofree char *home = NULL;

  if (*places == '\0')
    return NULL;

  home = mw_host_markup_new (domain);
  /* Translators: first the domain of an address, then one or more others. */
  return g_strdup_printf (_("Mail for %s is kept at another place: %s"), home, places);
}

char *
mw_review_text_tell_notes (MwInspection *inspection)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_skipped = inspection->skipped->len;

  if (inspection->incoming_password != NULL || inspection->outgoing_password != NULL)
    g_string_append (text, _("There is a password in the file, which everybody who has the file "
                             "can read. It is used to sign in unless you type another one."));
  if (n_skipped > 0)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u thing in the file is left out: it is not about "
                                              "mail, or is not safe.",
                                              "%u things in the file are left out: they are not "
                                              "about mail, or are not safe.", n_skipped),
                              n_skipped);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

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

/* Where mail of one side would go that does not belong to the domain, each
 * place once. */
static char *
list_places (MwInspection *inspection,
             MwSide        side,
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
      if (mw_endpoint_get_side (endpoint) != side || g_strcmp0 (place, home) == 0)
        continue;
      shown = mw_host_markup_new (place);
      if (!g_ptr_array_find_with_equal_func (places, shown, g_str_equal, NULL))
        g_ptr_array_add (places, g_steal_pointer (&shown));
    }

  g_ptr_array_add (places, NULL);
  return g_strjoinv (", ", (char **) places->pdata);
}

static gboolean
has_side (MwInspection *inspection,
          MwSide        side)
{
  GPtrArray *candidates = inspection->candidates;

  for (guint i = 0; i < candidates->len; i++)
    {
      if (mw_endpoint_get_side (mw_candidate_get_endpoint (candidates->pdata[i])) == side)
        return TRUE;
    }

  return FALSE;
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
append_file (GString      *text,
             MwInspection *inspection,
             const char   *name,
             const char   *signer)
{
  g_autofree char *file = mw_foreign_text_new (name, NAME_MAX_CHARS);
  g_autofree char *own = mw_foreign_text_new (inspection->name, NAME_MAX_CHARS);
  g_autofree char *signed_by = mw_foreign_text_new (signer, NAME_MAX_CHARS);

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
}

static void
append_link (GString      *text,
             MwInspection *inspection)
{
  g_autofree char *own = mw_foreign_text_new (inspection->name, NAME_MAX_CHARS);

  g_string_append (text, inspection->kind == MW_INSPECTION_KIND_LINK
                         ? _("From a link – sender unknown.")
                         : _("From a text – sender unknown."));
  if (*own != '\0')
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is a name that stands in a link. */
      g_string_append_printf (text, _("The link calls itself “%s”."), own);
    }
}

char *
mw_review_text_tell_origin (MwInspection *inspection,
                            const char   *name,
                            const char   *signer)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (name != NULL)
    append_file (text, inspection, name, signer);
  else
    append_link (text, inspection);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_review_text_describe_address (MwAddress *address)
{
  g_autofree char *name = g_strconcat (mw_address_get_local_part (address), "@", NULL);
  g_autofree char *shown = mw_foreign_text_new_host (name);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);
  g_autofree char *domain = mw_host_markup_new (mw_address_get_domain (address));

  return g_strdup_printf ("<span insert_hyphens=\"false\">%s</span>%s", escaped, domain);
}

char *
mw_review_text_describe_server (MwEndpoint *endpoint)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean unreadable = mw_host_markup_is_unreadable (mw_endpoint_get_host (endpoint));

  /* Translators: a protocol, its security and a port, as in "IMAP, SSL/TLS,
   * port 993". */
  g_string_printf (text, _("%s, %s, port %u"),
                   mw_advice_name_protocol (endpoint),
                   mw_advice_describe_security (endpoint), mw_endpoint_get_port (endpoint));
  if (!mw_endpoint_is_mail_port (endpoint) || unreadable)
    g_string_append_c (text, '.');
  if (!mw_endpoint_is_mail_port (endpoint))
    append_sentence (text, _("This port is unusual and is not used on the word of "
                                            "others. If it is right, enter it by hand."));
  if (unreadable)
    append_sentence (text, _("This name is made of letters that can be taken for others. "
                             "It may imitate another name."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mw_review_text_tell_places (MwInspection *inspection,
                            const char   *domain)
{
  g_autofree char *incoming = list_places (inspection, MW_SIDE_INCOMING, domain);
  g_autofree char *outgoing = list_places (inspection, MW_SIDE_OUTGOING, domain);
  g_autofree char *home = mw_host_markup_new (domain);
  g_autoptr(GString) text = g_string_new (NULL);

  if (*incoming != '\0')
    /* Translators: first the domain of an address, then one or more others. */
    g_string_append_printf (text, _("Mail for %s will be read at %s"), home, incoming);
  if (*outgoing != '\0')
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: first the domain of an address, then one or more others. */
      g_string_append_printf (text, _("Mail from %s will be sent through %s"), home, outgoing);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
mw_review_text_tell_notes (MwInspection *inspection)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_skipped = inspection->skipped->len;
  gboolean receives = has_side (inspection, MW_SIDE_INCOMING);

  if (inspection->candidates->len == 0)
    append_sentence (text, _("The link names no server. Mailwright looks for the servers of your "
                             "address itself when you go on."));
  else if (!receives || !has_side (inspection, MW_SIDE_OUTGOING))
    append_sentence (text, receives
                           ? _("No server for sending is named. Mailwright looks for one when you "
                               "go on.")
                           : _("No server for receiving is named. Mailwright looks for one when "
                               "you go on."));
  if (inspection->incoming_password != NULL || inspection->outgoing_password != NULL)
    append_sentence (text, _("There is a password in the file, which everybody who has the file "
                             "can read. It is used to sign in unless you type another one."));
  if (n_skipped > 0)
    {
      g_autofree char *skipped = NULL;

      skipped = g_strdup_printf (ngettext ("%u thing in the file is left out: it is not about "
                                           "mail, or is not safe.",
                                           "%u things in the file are left out: they are not "
                                           "about mail, or are not safe.", n_skipped),
                                 n_skipped);
      append_sentence (text, skipped);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Both sides often have the same. */
char *
mw_review_text_list_hosts (MwInspection *inspection)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < inspection->candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (inspection->candidates->pdata[i]);
      g_autofree char *shown = mw_host_markup_new (mw_endpoint_get_host (endpoint));

      if (!g_ptr_array_find_with_equal_func (hosts, shown, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_steal_pointer (&shown));
    }

  g_ptr_array_add (hosts, NULL);
  return g_strjoinv ("\n", (char **) hosts->pdata);
}

char *
mw_review_text_tell_waiting (guint    n_waiting,
                             gboolean left_out)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (n_waiting > 0)
    g_string_printf (text, ngettext ("%u more link or file waits until you go on or cancel.",
                                     "%u more links or files wait until you go on or cancel.",
                                     n_waiting), n_waiting);
  if (left_out)
    append_sentence (text, _("Others were left out, because too many came at once."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

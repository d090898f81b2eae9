/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/mw-address.h"
#include "core/mw-domain.h"
#include "setup/mw-advice.h"

/* Shorter ones stand in everything by accident. */
#define MIN_WORD_CHARS 3

/* Most log-in names follow from the address, so that they can be told to
 * anybody. */
static char *
describe_user_name (MwService    *service,
                    MwAddress    *address,
                    MwShareFlags  flags)
{
  if (service->user_name == NULL || service->auth == MW_AUTH_NONE)
    return g_strdup (_("none, the server needs no sign-in"));
  if ((flags & MW_SHARE_PERSONAL) != 0)
    return g_strdup (service->user_name);
  if (g_ascii_strcasecmp (service->user_name, mw_address_get_text (address)) == 0)
    return g_strdup (_("the whole email address"));
  if (g_str_equal (service->user_name, mw_address_get_local_part (address)))
    return g_strdup (_("the part of the email address before the @"));

  return g_strdup (_("the one your provider gave you"));
}

static void
add_line (GString    *text,
          const char *title,
          const char *value)
{
  /* Translators: a line of a table, such as "Server: imap.example.com". */
  g_string_append_printf (text, _("%s: %s"), title, value);
  g_string_append_c (text, '\n');
}

static void
add_service (GString      *text,
             const char   *heading,
             MwService    *service,
             MwAddress    *address,
             MwShareFlags  flags)
{
  MwEndpoint *endpoint = service->endpoint;
  g_autofree char *port = g_strdup_printf ("%u", mw_endpoint_get_port (endpoint));
  g_autofree char *user_name = describe_user_name (service, address, flags);

  g_string_append_printf (text, "\n%s\n", heading);
  add_line (text, _("Protocol"), mw_advice_name_protocol (endpoint));
  add_line (text, _("Server"), mw_endpoint_get_host (endpoint));
  add_line (text, _("Port"), port);
  add_line (text, _("Security"), mw_advice_describe_security (endpoint));
  add_line (text, _("User name"), user_name);
}

static void
add_alternatives (GString   *text,
                  GPtrArray *alternatives)
{
  for (guint i = 0; i < alternatives->len; i++)
    {
      MwEndpoint *endpoint = ((MwService *) alternatives->pdata[i])->endpoint;

      if (i == 0)
        g_string_append_printf (text, "\n%s\n", _("These servers work, too"));
      /* Translators: a protocol, a server, its port and its security. */
      g_string_append_printf (text, _("%s: %s, port %u, %s"), mw_advice_name_protocol (endpoint),
                              mw_endpoint_get_host (endpoint), mw_endpoint_get_port (endpoint),
                              mw_advice_describe_security (endpoint));
      g_string_append_c (text, '\n');
    }
}

char *
mw_share_text_new (MwProfile    *profile,
                   MwShareFlags  flags)
{
  g_autoptr(MwAddress) address = NULL;
  g_autoptr(GString) text = NULL;
  gboolean personal = (flags & MW_SHARE_PERSONAL) != 0;

  g_return_val_if_fail (profile != NULL, NULL);

  address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  if (profile->incoming == NULL || address == NULL)
    return g_strdup ("");

  text = g_string_new (NULL);
  /* Translators: %s is the domain of an e-mail address, or a whole address. */
  g_string_append_printf (text, _("Mail settings for %s"),
                          personal ? mw_address_get_display (address)
                                   : mw_address_get_domain_display (address));
  g_string_append_c (text, '\n');
  if (personal && profile->sender_name != NULL && *profile->sender_name != '\0')
    add_line (text, _("Your name"), profile->sender_name);
  add_service (text, _("Receiving Mail"), profile->incoming, address, flags);
  if (profile->outgoing != NULL)
    {
      gboolean log_in = profile->outgoing->user_name != NULL &&
                        profile->outgoing->auth != MW_AUTH_NONE;

      add_service (text, _("Sending Mail"), profile->outgoing, address, flags);
      add_line (text, _("Outgoing server requires authentication"), log_in ? _("yes") : _("no"));
      if (log_in)
        add_line (text, _("Same password for sending and receiving"),
                  profile->own_credentials ? _("no") : _("yes"));
    }
  add_alternatives (text, profile->alternatives);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
mentions (const char *folded_text,
          const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return g_utf8_strlen (folded, -1) >= MIN_WORD_CHARS && strstr (folded_text, folded) != NULL;
}

gboolean
mw_share_text_reveals_person (MwProfile  *profile,
                              const char *text)
{
  g_autoptr(MwAddress) address = NULL;
  g_autofree char *folded = NULL;
  g_auto(GStrv) words = NULL;

  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  folded = g_utf8_casefold (text, -1);
  address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  if (address != NULL && mentions (folded, mw_address_get_local_part (address)))
    return TRUE;

  words = g_strsplit_set (profile->sender_name != NULL ? profile->sender_name : "", " \t.,", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (mentions (folded, words[i]))
        return TRUE;
    }

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-advice-refusal.h"

#include <glib/gi18n.h>

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"

const char *
mw_advice_describe_kind (MwInspectionKind kind)
{
  switch (kind)
    {
    case MW_INSPECTION_KIND_AUTOCONFIG:
      return _("Settings document (autoconfig)");
    case MW_INSPECTION_KIND_PACC:
      return _("Settings document (PACC)");
    case MW_INSPECTION_KIND_MOBILECONFIG:
      return _("Configuration profile (mobileconfig)");
    case MW_INSPECTION_KIND_LINK:
      return _("Set-up link");
    case MW_INSPECTION_KIND_DCLOGIN:
      return _("Delta Chat link (dclogin)");
    case MW_INSPECTION_KIND_THUNDERBIRD_PROFILE:
      return _("Profile folder of Thunderbird");
    case MW_INSPECTION_KIND_EVOLUTION:
      return _("Accounts of Evolution");
    case MW_INSPECTION_KIND_UNKNOWN:
    default:
      return _("Nothing that is known");
    }
}

/* Returns: (nullable): a sentence, %NULL where it is the same as for a file */
static const char *
describe_link_refusal (MwInspectionRefusal refusal)
{
  switch ((int) refusal)
    {
    case MW_INSPECTION_REFUSAL_SECRET:
      return _("This link contains a password. Anyone who saw the link can read your mail: "
               "change that password.");
    case MW_INSPECTION_REFUSAL_EMPTY:
      return _("There is neither an address nor a server in it.");
    case MW_INSPECTION_REFUSAL_TOO_LONG:
      return _("It is longer than such links are, or a name in it is.");
    case MW_INSPECTION_REFUSAL_DAMAGED:
    case MW_INSPECTION_REFUSAL_FRAGMENT:
    case MW_INSPECTION_REFUSAL_BAD_ESCAPE:
      return _("It was damaged while copying, or only a part of it was copied.");
    case MW_INSPECTION_REFUSAL_VERSION:
      return _("It was made for a newer version of Mailwright.");
    case MW_INSPECTION_REFUSAL_MUST:
      return _("It needs something that this version of Mailwright does not know.");
    case MW_INSPECTION_REFUSAL_TOO_MANY:
      return _("There is more in it than in such links.");
    case MW_INSPECTION_REFUSAL_DUPLICATE:
      return _("It says one thing twice, so nobody can know which is meant.");
    case MW_INSPECTION_REFUSAL_NOT_UTF8:
      return _("There are letters in it that cannot be read.");
    case MW_INSPECTION_REFUSAL_FORBIDDEN_CHAR:
      return _("There are hidden characters in it, which can make it look like something else.");
    case MW_INSPECTION_REFUSAL_BAD_ADDRESS:
      return _("The address in it is not complete, or there can be no such address.");
    case MW_INSPECTION_REFUSAL_BAD_SERVER:
      return _("There is a server in it of a kind that is not known, or without protection.");
    case MW_INSPECTION_REFUSAL_BAD_HOST:
      return _("There is a server in it that has no full name. "
               "Such servers can only be typed by yourself.");
    case MW_INSPECTION_REFUSAL_BAD_PORT:
      return _("There is a server in it with a port that cannot exist.");
    case MW_INSPECTION_REFUSAL_INSECURE:
      return _("It wants the password to be sent without protection.");
    case MW_INSPECTION_REFUSAL_BAD_VALUE:
      return _("It says something in a way that is not known.");
    default:
      return NULL;
    }
}

const char *
mw_advice_describe_refusal (MwInspectionKind    kind,
                            MwInspectionRefusal refusal)
{
  gboolean is_link = kind == MW_INSPECTION_KIND_LINK || kind == MW_INSPECTION_KIND_DCLOGIN;
  const char *sentence = is_link ? describe_link_refusal (refusal) : NULL;

  if (sentence != NULL)
    return sentence;

  switch ((int) refusal)
    {
    case MW_INSPECTION_REFUSAL_EMPTY:
      return _("There is nothing in it.");
    case MW_INSPECTION_REFUSAL_TOO_LONG:
      return _("It is much longer than settings are.");
    case MW_INSPECTION_REFUSAL_TOO_DEEP:
      return _("Its elements are nested deeper than those of settings.");
    case MW_INSPECTION_REFUSAL_BAD_ENCODING:
      return _("It is no readable text. Perhaps it was damaged on its way.");
    case MW_INSPECTION_REFUSAL_DAMAGED:
      return _("It is damaged or not complete.");
    case MW_INSPECTION_REFUSAL_NO_SERVER:
      return _("There is no mail server in it that can be used.");
    case MW_INSPECTION_REFUSAL_ENCRYPTED:
      return _("It is encrypted, so that only one device can read it.");
    case MW_INSPECTION_REFUSAL_BINARY:
      return _("It is in Apple’s binary form. On a Mac, “plutil -convert xml1” makes it readable.");
    case MW_INSPECTION_REFUSAL_NONE:
      return _("It can be used.");
    case MW_INSPECTION_REFUSAL_UNKNOWN:
    default:
      return _("It is no kind of settings that Mailwright reads.");
    }
}

char *
mw_advice_describe_unused_hosts (const char * const *hosts,
                                 gboolean            is_link)
{
  g_autoptr(GString) list = g_string_new (NULL);

  g_return_val_if_fail (hosts != NULL, NULL);

  for (gsize i = 0; hosts[i] != NULL; i++)
    {
      g_autofree char *shown = mw_domain_describe (hosts[i]);
      g_autofree char *isolated = mw_foreign_words_isolate (shown);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", isolated);
    }

  if (is_link)
    /* Translators: %s is the name of a server, or several. */
    return g_strdup_printf (_("The link asked for %s. That is not used: other settings were "
                              "found for this address."), list->str);

  /* Translators: %s is the name of a server, or several. */
  return g_strdup_printf (_("The file asked for %s. That is not used: other settings were "
                            "found for this address."), list->str);
}

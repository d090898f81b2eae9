/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-proof-view.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

#define NAME_MAX_CHARS 80

struct _MwProofView
{
  AdwBin      parent_instance;

  /* Borrowed */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (MwProofView, mw_proof_view, ADW_TYPE_BIN)

/* Nobody has signed in there, so nothing is said about that. */
static char *
describe_unproved (const char *host,
                   const char *security)
{
  /* Translators: a server, and the kind of encryption. */
  return g_strdup_printf (_("%s, %s: answers, and lets you sign in through the browser"), host,
                          security);
}

static char *
describe_incoming (MwService *service,
                   gboolean   proved)
{
  g_autofree char *host = mw_foreign_text_new_host (mw_endpoint_get_host (service->endpoint));
  const char *security = mw_advice_describe_security (service->endpoint);

  if (!proved)
    /* Translators: a server, and the kind of encryption. */
    return g_strdup_printf (_("%s, %s: not tested yet"), host, security);
  if (service->auth == MW_AUTH_OAUTH2)
    return describe_unproved (host, security);

  /* Translators: a server, and the kind of encryption. */
  return g_strdup_printf (_("%s, %s: signed in and opened the inbox"), host, security);
}

static char *
describe_outgoing (MwService *service,
                   gboolean   proved)
{
  g_autofree char *host = NULL;
  const char *security;

  if (service == NULL)
    return g_strdup (_("Not wanted: this account only receives"));

  host = mw_foreign_text_new_host (mw_endpoint_get_host (service->endpoint));
  security = mw_advice_describe_security (service->endpoint);
  if (!proved)
    /* Translators: a server, and the kind of encryption. */
    return g_strdup_printf (_("%s, %s: not tested yet"), host, security);
  if (service->auth == MW_AUTH_OAUTH2)
    return describe_unproved (host, security);
  if (service->auth == MW_AUTH_NONE)
    /* Translators: a server, and the kind of encryption. */
    return g_strdup_printf (_("%s, %s: accepts mail for you without signing in; sending to other "
                              "people was not tried"), host, security);

  /* Translators: a server, and the kind of encryption. */
  return g_strdup_printf (_("%s, %s: signed in, and your address may send"), host, security);
}

static MwTlsFacts *
get_tls (MwSetup   *setup,
         MwProfile *profile,
         MwSide     side)
{
  MwVerdict *verdict = mw_setup_get_verdict (setup, side);

  return verdict != NULL && mw_profile_get_service (profile, side) != NULL ? verdict->tls : NULL;
}

/* One line where both sides are the same, else one for each. */
static char *
join_sides (char *incoming,
            char *outgoing)
{
  if (outgoing == NULL || g_strcmp0 (incoming, outgoing) == 0)
    return g_strdup (incoming);
  if (incoming == NULL)
    return g_strdup (outgoing);

  /* Translators: what is known of receiving, then of sending. */
  return g_strdup_printf (_("Receiving: %s\nSending: %s"), incoming, outgoing);
}

/* "TLS1.3" is how the library has it. */
static char *
describe_version (MwTlsFacts *tls)
{
  const char *version;

  if (tls == NULL)
    return NULL;

  version = mw_tls_facts_get_version (tls);
  if (version == NULL || !g_str_has_prefix (version, "TLS"))
    return NULL;

  /* Translators: a version of TLS, such as 1.3. */
  return g_strdup_printf (_("Nobody on the way can read it (TLS %s)"), version + strlen ("TLS"));
}

static char *
describe_encryption (MwSetup   *setup,
                     MwProfile *profile)
{
  char *sides[2] = { NULL, NULL };
  char *text;

  for (guint side = 0; side < 2; side++)
    {
      MwService *service = mw_profile_get_service (profile, side);

      if (service == NULL)
        continue;
      if (mw_endpoint_get_security (service->endpoint) == MW_SECURITY_NONE)
        sides[side] = g_strdup (_("None: anyone on the way can read it"));
      else
        sides[side] = describe_version (get_tls (setup, profile, side));
    }

  text = join_sides (sides[MW_SIDE_INCOMING], sides[MW_SIDE_OUTGOING]);
  g_free (sides[MW_SIDE_INCOMING]);
  g_free (sides[MW_SIDE_OUTGOING]);

  return text;
}

/* The organization of a distinguished name, else its common name. */
static char *
find_organization (const char *name)
{
  static const char * const kinds[] = { "O=", "CN=" };
  g_auto(GStrv) parts = g_strsplit (name, ",", -1);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      for (gsize i = 0; parts[i] != NULL; i++)
        {
          const char *part = g_strchug (parts[i]);

          if (g_str_has_prefix (part, kinds[k]))
            return mw_foreign_text_new (part + strlen (kinds[k]), NAME_MAX_CHARS);
        }
    }

  return mw_foreign_text_new (name, NAME_MAX_CHARS);
}

static char *
format_date (gint64 seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup ("?");
}

static char *
describe_certificate (MwTlsFacts *tls)
{
  MwCertificateReport *report = tls != NULL ? mw_tls_facts_get_report (tls) : NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *until = NULL;

  if (report == NULL)
    return NULL;

  until = format_date (mw_certificate_report_get_not_after (report));
  if (mw_tls_facts_get_pinned (tls))
    /* Translators: %s is a date. */
    return g_strdup_printf (_("Accepted by you, valid until %s"), until);

  issuer = find_organization (mw_certificate_report_get_issuer (report));
  /* Translators: first who issued a certificate, then a date. */
  return g_strdup_printf (_("Confirmed by %s, valid until %s"), issuer, until);
}

static char *
describe_certificates (MwSetup   *setup,
                       MwProfile *profile)
{
  g_autofree char *incoming = describe_certificate (get_tls (setup, profile, MW_SIDE_INCOMING));
  g_autofree char *outgoing = describe_certificate (get_tls (setup, profile, MW_SIDE_OUTGOING));

  return join_sides (incoming, outgoing);
}

static char *
describe_sign_in (MwService *service)
{
  g_autofree char *name = NULL;

  if (service == NULL)
    return NULL;
  if (service->auth == MW_AUTH_NONE || service->user_name == NULL)
    return g_strdup (_("Without signing in"));

  name = mw_foreign_text_new (service->user_name, NAME_MAX_CHARS);
  switch (service->auth)
    {
    case MW_AUTH_OAUTH2:
      /* Translators: %s is a user name. */
      return g_strdup_printf (_("As %s, in the browser"), name);
    case MW_AUTH_CRAM_MD5:
    case MW_AUTH_SCRAM_SHA_1:
    case MW_AUTH_SCRAM_SHA_256:
      /* Translators: a user name, and the name of a method. */
      return g_strdup_printf (_("As %s, without sending the password itself (%s)"), name,
                              mw_enum_to_nick (MW_TYPE_AUTH_METHOD, service->auth));
    case MW_AUTH_UNKNOWN:
    case MW_AUTH_NONE:
    case MW_AUTH_PLAIN:
    case MW_AUTH_LOGIN:
    case MW_AUTH_PASSWORD_COMMAND:
    default:
      /* Translators: %s is a user name. */
      return g_strdup_printf (_("As %s, with the password"), name);
    }
}

static char *
describe_sign_ins (MwProfile *profile)
{
  g_autofree char *incoming = describe_sign_in (profile->incoming);
  g_autofree char *outgoing = describe_sign_in (profile->outgoing);

  return join_sides (incoming, outgoing);
}

/* Takes @text. */
static void
add_fact (MwProofView *self,
          const char  *title,
          char        *text)
{
  g_autofree char *fact = text;
  GtkWidget *row;

  if (fact == NULL)
    return;

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fact);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, fact, -1);
  gtk_list_box_append (self->list, row);
}

static void
mw_proof_view_class_init (MwProofViewClass *klass)
{
}

static void
mw_proof_view_init (MwProofView *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

void
mw_proof_view_show (MwProofView *self,
                    MwSetup     *setup,
                    MwProfile   *profile,
                    gboolean     proved)
{
  GtkListBoxRow *row;

  g_return_if_fail (MW_IS_PROOF_VIEW (self));
  g_return_if_fail (MW_IS_SETUP (setup));
  g_return_if_fail (profile != NULL && profile->incoming != NULL);

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  proved ? _("What was proved") : _("What was saved"), -1);
  add_fact (self, _("Receiving mail"), describe_incoming (profile->incoming, proved));
  add_fact (self, _("Sending mail"), describe_outgoing (profile->outgoing, proved));
  if (!proved)
    return;

  add_fact (self, _("Encryption"), describe_encryption (setup, profile));
  add_fact (self, _("Certificate"), describe_certificates (setup, profile));
  add_fact (self, _("Signing in"), describe_sign_ins (profile));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-source-guess.h"

#include "core/mw-domain.h"

struct _MwSourceGuess
{
  GObject parent_instance;
};

/* What a source has found out ranks before what is only usual. */
#define FIRST_RANK (1 << 24)

typedef struct {
  MwProtocol  protocol;
  const char *prefix; /* empty: the domain itself */
} Guess;

static const Guess guesses[] = {
  { MW_PROTOCOL_IMAP, "imap." },
  { MW_PROTOCOL_IMAP, "mail." },
  { MW_PROTOCOL_IMAP, "" },
  { MW_PROTOCOL_POP3, "pop3." },
  { MW_PROTOCOL_POP3, "pop." },
  { MW_PROTOCOL_POP3, "mail." },
  { MW_PROTOCOL_POP3, "" },
  { MW_PROTOCOL_SMTP, "smtp." },
  { MW_PROTOCOL_SMTP, "mail." },
  { MW_PROTOCOL_SMTP, "" },
};

static const char * const prefixes[] = { "imap.", "smtp.", "mail.", "", "pop3.", "pop." };

static void mw_source_guess_iface_init (MwSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MwSourceGuess, mw_source_guess, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MW_TYPE_SOURCE, mw_source_guess_iface_init))

/* A long domain leaves no room for a name below it. */
static char *
join_host (const char *prefix,
           const char *domain)
{
  g_autofree char *name = g_strconcat (prefix, domain, NULL);

  return mw_domain_normalize (name);
}

static void
add_guess (GPtrArray   *candidates,
           const Guess *guess,
           MwSecurity   security,
           const char  *domain,
           int          rank)
{
  g_autofree char *host = join_host (guess->prefix, domain);
  g_autoptr(MwEndpoint) endpoint = NULL;

  if (host == NULL)
    return;

  endpoint = mw_endpoint_new (guess->protocol, security, host, 0);
  g_ptr_array_add (candidates,
                   mw_candidate_new (endpoint,
                                     MW_ORIGIN_GUESS,
                                     *guess->prefix != '\0' ? MW_GRADE_G : MW_GRADE_D,
                                     NULL,
                                     MW_AUTH_UNKNOWN,
                                     rank));
}

static MwOrigin
mw_source_guess_get_origin (MwSource *source)
{
  return MW_ORIGIN_GUESS;
}

static MwGrade
mw_source_guess_get_grade (MwSource *source)
{
  return MW_GRADE_G;
}

static void
mw_source_guess_find_async (MwSource            *source,
                            MwAddress           *address,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (source, cancellable, callback, user_data);
  g_autoptr(GPtrArray) candidates = NULL;
  const char *domain = mw_address_get_domain (address);

  g_task_set_source_tag (task, mw_source_guess_find_async);

  candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) mw_candidate_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      add_guess (candidates, &guesses[i], MW_SECURITY_TLS, domain, FIRST_RANK + (int) i);
      add_guess (candidates, &guesses[i], MW_SECURITY_STARTTLS, domain, FIRST_RANK + (int) i);
    }

  if (!g_cancellable_is_cancelled (cancellable))
    mw_source_found (source, candidates);

  g_task_return_pointer (task,
                         g_steal_pointer (&candidates),
                         (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
mw_source_guess_find_finish (MwSource      *source,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mw_source_guess_find_async), NULL);
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mw_source_guess_iface_init (MwSourceInterface *iface)
{
  iface->get_origin = mw_source_guess_get_origin;
  iface->get_grade = mw_source_guess_get_grade;
  iface->find_async = mw_source_guess_find_async;
  iface->find_finish = mw_source_guess_find_finish;
}

static void
mw_source_guess_class_init (MwSourceGuessClass *klass)
{
}

static void
mw_source_guess_init (MwSourceGuess *self)
{
}

MwSource *
mw_source_guess_new (void)
{
  return g_object_new (MW_TYPE_SOURCE_GUESS, NULL);
}

char **
mw_source_guess_dup_hosts (const char *domain)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (domain != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *host = join_host (prefixes[i], domain);

      if (host != NULL)
        g_strv_builder_add (builder, host);
    }

  return g_strv_builder_end (builder);
}

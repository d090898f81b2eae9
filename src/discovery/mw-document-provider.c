/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "discovery/mw-document-provider.h"

#include <string.h>

#include "core/mw-domain.h"
#include "core/mw-foreign-words.h"

#define MAX_NAME_CHARS 60
#define MAX_WORDS_CHARS 240
#define MAX_PAGE_LENGTH 300

MwProvider *
mw_document_provider_new (const char *name,
                          const char *domain)
{
  MwProvider *self = mw_provider_new (NULL);

  self->grade = 'D';
  self->name = mw_foreign_words_clean (name, MAX_NAME_CHARS);
  if (*self->name == '\0')
    {
      g_free (self->name);
      self->name = g_strdup (domain != NULL ? domain : "");
    }

  return self;
}

gboolean
mw_document_provider_is_page (const char *text)
{
  g_autofree char *clean = mw_foreign_words_clean (text, MAX_PAGE_LENGTH);

  return text != NULL && g_str_equal (clean, text) && strchr (text, ' ') == NULL &&
         (g_ascii_strncasecmp (text, "https://", 8) == 0 ||
          g_ascii_strncasecmp (text, "http://", 7) == 0) &&
         g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL);
}

/* The host of a page that a browser may be sent to. */
static char *
get_page_host (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") ||
      (g_uri_get_port (uri) != -1 && g_uri_get_port (uri) != 443) ||
      mw_domain_is_ip_literal (g_uri_get_host (uri)))
    return NULL;

  return mw_domain_normalize (g_uri_get_host (uri));
}

gboolean
mw_document_provider_page_is_own (const char *uri,
                                  MwGrade     grade,
                                  const char *domain,
                                  GPtrArray  *candidates)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);
  g_return_val_if_fail (candidates != NULL, FALSE);

  host = get_page_host (uri);
  if (host == NULL || domain == NULL || grade != MW_GRADE_B)
    return FALSE;
  if (mw_domain_is_inside (host, domain))
    return TRUE;

  for (guint i = 0; i < candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (g_ptr_array_index (candidates, i));

      if (mw_domain_is_inside (host, mw_endpoint_get_host (endpoint)))
        return TRUE;
    }

  return FALSE;
}

void
mw_document_provider_add_hint (MwProvider *self,
                               MwHintKind  kind,
                               const char *page,
                               gboolean    is_own,
                               const char *words)
{
  MwHint *hint;

  g_return_if_fail (self != NULL);

  if (mw_provider_get_hint (self, kind) != NULL)
    return;

  hint = mw_hint_new (kind, MW_HINT_CONDITION_ALWAYS, NULL);
  if (mw_document_provider_is_page (page))
    *(is_own ? &hint->uri : &hint->page) = g_strdup (page);
  hint->words = mw_foreign_words_clean (words, MAX_WORDS_CHARS);
  if (*hint->words == '\0')
    g_clear_pointer (&hint->words, g_free);
  g_ptr_array_add (self->hints, hint);
}

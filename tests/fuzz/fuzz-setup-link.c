/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include <string.h>

#include "fuzz.h"

#include "core/mw-domain.h"
#include "core/mw-error.h"
#include "setup/mw-setup-link.h"

/* Whatever stands in a link, it is refused, or all that comes of it can exist,
 * is protected, and is read back the same when it is written. */
static void
check_text (const char *text,
            glong       max)
{
  if (text == NULL)
    return;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, max);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      g_assert_true (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT);
    }
}

static void
check_host (const char *host)
{
  g_autofree char *normal = mw_domain_normalize (host);

  g_assert_cmpstr (host, ==, normal);
  g_assert_nonnull (strchr (host, '.'));
  g_assert_false (g_ascii_isdigit (strrchr (host, '.')[1]));
}

static void
check_servers (GPtrArray *servers,
               MwSide     side)
{
  g_assert_cmpuint (servers->len, <=, MW_SETUP_LINK_MAX_SERVERS);
  for (guint i = 0; i < servers->len; i++)
    {
      check_host (mw_endpoint_get_host (servers->pdata[i]));
      g_assert_cmpint (mw_endpoint_get_side (servers->pdata[i]), ==, side);
      g_assert_cmpint (mw_endpoint_get_security (servers->pdata[i]), !=, MW_SECURITY_NONE);
      g_assert_cmpuint (mw_endpoint_get_port (servers->pdata[i]), !=, 0);
    }
}

static void
check_link (MwSetupLink *link)
{
  g_autofree char *written = mw_setup_link_to_string (link);
  g_autoptr(MwSetupLink) back = NULL;

  g_assert_true (link->local_part == NULL || link->domain != NULL);
  if (link->domain != NULL)
    check_host (link->domain);
  check_text (link->local_part, 64);
  check_servers (link->incoming, MW_SIDE_INCOMING);
  check_servers (link->outgoing, MW_SIDE_OUTGOING);
  check_text (link->incoming_user, 254);
  check_text (link->outgoing_user, 254);
  check_text (link->sender_name, 64);
  check_text (link->account_name, 64);
  check_text (link->provider_name, 64);
  check_text (link->help_uri, MW_SETUP_LINK_MAX);

  /* What was short because of letters that may stand as they are can become
   * too long when they are encoded. */
  if (written == NULL)
    return;
  back = mw_setup_link_parse (written, strlen (written), NULL);
  g_assert_nonnull (back);
  g_assert_true (mw_setup_link_equal (link, back));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MwSetupLink) link = mw_setup_link_parse ((const char *) data, size, &error);

  g_assert_true ((link == NULL) == (error != NULL));
  if (link != NULL)
    check_link (link);
  else
    g_assert_true (error->domain == MW_LINK_ERROR);

  return 0;
}

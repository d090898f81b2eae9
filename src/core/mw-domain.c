/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-domain.h"

#include <arpa/inet.h>
#include <libpsl.h>
#include <string.h>

#include "core/mw-host-look.h"

/* RFC 1035 §2.3.4 */
#define MAX_NAME 253
#define MAX_LABEL 63

static gboolean
label_is_valid (const char *label,
                gsize       length)
{
  if (length == 0 || length > MAX_LABEL)
    return FALSE;

  if (label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
name_is_valid (const char *name)
{
  const char *label = name;
  const char *dot;

  if (strlen (name) > MAX_NAME)
    return FALSE;

  while ((dot = strchr (label, '.')) != NULL)
    {
      if (!label_is_valid (label, dot - label))
        return FALSE;
      label = dot + 1;
    }

  return label_is_valid (label, strlen (label));
}

/* What depends on the system's language in GLib, which makes "ı" of "I" for a
 * Turkish one, and the four dots of UTS #46; a final one goes. */
static char *
prepare (const char *name)
{
  g_autoptr(GString) plain = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x3002 || c == 0xff0e || c == 0xff61)
        g_string_append_c (plain, '.');
      else if (c == 0x0130)
        g_string_append (plain, "i\u0307");
      else
        g_string_append_unichar (plain, c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c);
    }

  if (plain->len > 0 && plain->str[plain->len - 1] == '.')
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static guint
count_dots (const char *name)
{
  guint count = 0;

  for (; *name != '\0'; name++)
    count += *name == '.';

  return count;
}

/* g_hostname_to_ascii() lives in GLib, not in GIO, and follows UTS #46, but it
 * lets impossible labels through and makes dots of what only contains one
 * ("⒈"). */
char *
mw_domain_normalize (const char *name)
{
  g_autofree char *plain = NULL;
  g_autofree char *ascii = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (!g_utf8_validate (name, -1, NULL))
    return NULL;

  plain = prepare (name);
  ascii = g_hostname_to_ascii (plain);
  if (ascii == NULL || count_dots (ascii) != count_dots (plain) || !name_is_valid (ascii))
    return NULL;

  return g_ascii_strdown (ascii, -1);
}

char *
mw_domain_to_unicode (const char *name)
{
  g_autofree char *letters = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  mw_host_look_judge (name, &letters);
  return letters != NULL ? g_steal_pointer (&letters) : g_strdup (name);
}

char *
mw_domain_describe (const char *name)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  shown = mw_domain_to_unicode (name);
  if (g_str_equal (shown, name))
    return g_steal_pointer (&shown);

  return g_strdup_printf ("%s (%s)", shown, name);
}

gboolean
mw_domain_is_inside (const char *name,
                     const char *parent)
{
  gsize name_length;
  gsize parent_length;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (parent != NULL, FALSE);

  name_length = strlen (name);
  parent_length = strlen (parent);
  if (parent_length == 0 || name_length < parent_length)
    return FALSE;

  if (!g_str_equal (name + name_length - parent_length, parent))
    return FALSE;

  return name_length == parent_length || name[name_length - parent_length - 1] == '.';
}

gboolean
mw_domain_is_public_suffix (const char *name)
{
  g_return_val_if_fail (name != NULL, TRUE);

  return psl_is_public_suffix (psl_builtin (), name);
}

const char *
mw_domain_get_registrable (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return psl_registrable_domain (psl_builtin (), name);
}

gboolean
mw_domain_is_ip_literal (const char *host)
{
  g_autofree char *bare = NULL;
  gsize length;

  g_return_val_if_fail (host != NULL, FALSE);

  length = strlen (host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    bare = g_strndup (host + 1, length - 2);

  return g_hostname_is_ip_address (bare != NULL ? bare : host);
}

static gboolean
ipv4_is_public (const guint8 *b)
{
  return !(b[0] == 0 ||                              /* this network */
           b[0] == 10 ||
           b[0] == 127 ||
           (b[0] == 100 && (b[1] & 0xc0) == 64) ||   /* shared, RFC 6598 */
           (b[0] == 169 && b[1] == 254) ||
           (b[0] == 172 && (b[1] & 0xf0) == 16) ||
           (b[0] == 192 && b[1] == 168) ||
           (b[0] == 192 && b[1] == 0 && b[2] == 0) || /* towards the provider, RFC 6890 */
           (b[0] == 198 && (b[1] & 0xfe) == 18) ||   /* measurements, RFC 2544 */
           b[0] >= 224);                             /* multicast and reserved */
}

/* Tunnels lead to the IPv4 address inside (RFC 4291, 6052, 3056, 4380); their
 * own prefix says nothing.
 * Returns: whether there is one */
static gboolean
get_embedded_ipv4 (const guint8 *bytes,
                   guint8       *ipv4)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
  static const guint8 six_to_four[2] = { 0x20, 0x02 };
  static const guint8 teredo[4] = { 0x20, 0x01 };

  if (memcmp (bytes, mapped, sizeof mapped) == 0 || memcmp (bytes, nat64, sizeof nat64) == 0)
    memcpy (ipv4, bytes + 12, 4);
  else if (memcmp (bytes, six_to_four, sizeof six_to_four) == 0)
    memcpy (ipv4, bytes + 2, 4);
  else if (memcmp (bytes, teredo, sizeof teredo) == 0)
    for (int i = 0; i < 4; i++)
      ipv4[i] = bytes[12 + i] ^ 0xff;
  else
    return FALSE;

  return TRUE;
}

gboolean
mw_address_bytes_are_public (const guint8 *bytes,
                             gsize         size)
{
  static const guint8 zero[12] = { 0 };
  static const guint8 local_nat64[6] = { 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01 };
  guint8 ipv4[4];

  g_return_val_if_fail (bytes != NULL, FALSE);
  g_return_val_if_fail (size == 4 || size == 16, FALSE);

  if (size == 4)
    return ipv4_is_public (bytes);

  if (get_embedded_ipv4 (bytes, ipv4))
    return ipv4_is_public (ipv4);

  /* ::, ::1 and the old IPv4-compatible form */
  if (memcmp (bytes, zero, 12) == 0)
    return FALSE;

  return !(memcmp (bytes, local_nat64, 6) == 0 ||           /* RFC 8215 */
           bytes[0] == 0xff ||                              /* multicast */
           (bytes[0] == 0xfe && (bytes[1] & 0x80) != 0) ||  /* link-local, site-local */
           (bytes[0] & 0xfe) == 0xfc);                      /* unique-local */
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "net/mw-local-network.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "core/mw-domain.h"

#define HOSTS_PATH "/etc/hosts"
#define RESOLV_CONF_PATH "/etc/resolv.conf"

typedef struct {
  GInetAddress *address;
  guint         length;
} Subnet;

struct _MwLocalNetwork
{
  GArray    *subnets;      /* element Subnet */
  char      *hosts;        /* text of the hosts file, in lower case */
  GPtrArray *name_servers; /* element GInetAddress */
};

G_DEFINE_BOXED_TYPE (MwLocalNetwork, mw_local_network, mw_local_network_ref,
                     mw_local_network_unref)

static void
subnet_clear (gpointer data)
{
  g_object_unref (((Subnet *) data)->address);
}

static void
mw_local_network_clear (gpointer data)
{
  MwLocalNetwork *self = data;

  g_array_unref (self->subnets);
  g_free (self->hosts);
  g_ptr_array_unref (self->name_servers);
}

static gboolean
subnet_has (const Subnet *subnet,
            GInetAddress *address)
{
  const guint8 *a = g_inet_address_to_bytes (subnet->address);
  const guint8 *b = g_inet_address_to_bytes (address);
  guint whole = subnet->length / 8;
  guint rest = subnet->length % 8;

  if (g_inet_address_get_family (subnet->address) != g_inet_address_get_family (address))
    return FALSE;

  return memcmp (a, b, whole) == 0 && (rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

/* Scope and port of a name server's address do not matter here. */
static GInetAddress *
parse_address (const char *text)
{
  g_autofree char *bare = g_strdup (text);
  gsize length = strlen (bare);

  if (length > 2 && bare[0] == '[' && bare[length - 1] == ']')
    {
      memmove (bare, bare + 1, length - 2);
      bare[length - 2] = '\0';
    }
  bare[strcspn (bare, "%")] = '\0';

  return g_inet_address_new_from_string (bare);
}

static GInetAddress *
parse_first_word (const char *text)
{
  const char *start = text + strspn (text, " \t");
  g_autofree char *word = g_strndup (start, strcspn (start, " \t\r\n#;"));

  return parse_address (word);
}

static void
read_name_servers (MwLocalNetwork *self,
                   const char     *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *keyword = "nameserver";
      gsize length = strlen (keyword);
      GInetAddress *address = NULL;

      if (g_str_has_prefix (g_strstrip (lines[i]), keyword) && g_ascii_isspace (lines[i][length]))
        address = parse_first_word (lines[i] + length);
      if (address != NULL)
        g_ptr_array_add (self->name_servers, address);
    }
}

static gboolean
ends_word (const char *c)
{
  return *c == '\0' || g_ascii_isspace (*c) || *c == '#' || *c == ';';
}

/* The address whose name @at begins, in the hosts file. */
static GInetAddress *
get_address_of_name (MwLocalNetwork *self,
                     const char     *at,
                     gsize           length,
                     gboolean        inside)
{
  const char *end = at + length;
  const char *line = at;

  if (at == self->hosts || !(at[-1] == ' ' || at[-1] == '\t' || (inside && at[-1] == '.')) ||
      !(ends_word (end) || (*end == '.' && ends_word (end + 1))))
    return NULL;

  for (; line != self->hosts && line[-1] != '\n'; line--)
    {
      if (line[-1] == '#' || line[-1] == ';')
        return NULL;
    }

  return parse_first_word (line);
}

/* Looked for in the text as it is: against advertisements people have files of
 * a hundred thousand lines, and a table of those takes longer to make.
 * Returns: whether @name, or a name inside it, leads here */
static gboolean
hosts_file_knows (MwLocalNetwork *self,
                  const char     *name,
                  gboolean        inside,
                  gboolean       *out_listed)
{
  gsize length = strlen (name);

  *out_listed = FALSE;
  for (const char *at = strstr (self->hosts, name); at != NULL && *at != '\0';
       at = strstr (at + 1, name))
    {
      g_autoptr(GInetAddress) address = get_address_of_name (self, at, length, inside);

      if (address == NULL)
        continue;
      *out_listed = TRUE;
      if (mw_local_network_has_address (self, address))
        return TRUE;
    }

  return FALSE;
}

static guint
count_bits (const guint8 *mask,
            gsize         size)
{
  guint bits = 0;

  while (bits < size * 8 && (mask[bits / 8] & (0x80 >> (bits % 8))) != 0)
    bits++;

  return bits;
}

static void
add_interface (MwLocalNetwork       *self,
               const struct ifaddrs *interface)
{
  const unsigned int wanted = IFF_UP | IFF_RUNNING;
  g_autoptr(GInetAddress) address = NULL;
  guint length;

  if (interface->ifa_addr == NULL || interface->ifa_netmask == NULL ||
      (interface->ifa_flags & wanted) != wanted || (interface->ifa_flags & IFF_LOOPBACK) != 0)
    return;

  if (interface->ifa_addr->sa_family == AF_INET)
    {
      const struct sockaddr_in *own = (const void *) interface->ifa_addr;
      const struct sockaddr_in *mask = (const void *) interface->ifa_netmask;

      address = g_inet_address_new_from_bytes ((const guint8 *) &own->sin_addr,
                                               G_SOCKET_FAMILY_IPV4);
      length = count_bits ((const guint8 *) &mask->sin_addr, sizeof mask->sin_addr);
    }
  else if (interface->ifa_addr->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *own = (const void *) interface->ifa_addr;
      const struct sockaddr_in6 *mask = (const void *) interface->ifa_netmask;

      address = g_inet_address_new_from_bytes ((const guint8 *) &own->sin6_addr,
                                               G_SOCKET_FAMILY_IPV6);
      length = count_bits ((const guint8 *) &mask->sin6_addr, sizeof mask->sin6_addr);
    }
  else
    {
      return;
    }

  mw_local_network_add_subnet (self, address, length);
}

static gboolean
any_is_here (MwLocalNetwork *self,
             GPtrArray      *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      if (mw_local_network_has_address (self, addresses->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whether a name of no file, or any name, may be asked for. */
static gboolean
may_look_up (MwLocalNetwork *self,
             const char     *name)
{
  return self->subnets->len > 0 &&
         ((name != NULL && mw_domain_is_inside (name, "local")) ||
          any_is_here (self, self->name_servers));
}

MwLocalNetwork *
mw_local_network_new (const char *hosts,
                      const char *resolv_conf)
{
  MwLocalNetwork *self = g_rc_box_new0 (MwLocalNetwork);

  self->subnets = g_array_new (FALSE, FALSE, sizeof (Subnet));
  g_array_set_clear_func (self->subnets, subnet_clear);
  self->hosts = g_ascii_strdown (hosts != NULL ? hosts : "", -1);
  self->name_servers = g_ptr_array_new_with_free_func (g_object_unref);
  if (resolv_conf != NULL)
    read_name_servers (self, resolv_conf);

  return self;
}

MwLocalNetwork *
mw_local_network_read (void)
{
  g_autofree char *hosts = NULL;
  g_autofree char *resolv_conf = NULL;
  struct ifaddrs *interfaces = NULL;
  MwLocalNetwork *self;

  g_file_get_contents (HOSTS_PATH, &hosts, NULL, NULL);
  g_file_get_contents (RESOLV_CONF_PATH, &resolv_conf, NULL, NULL);
  self = mw_local_network_new (hosts, resolv_conf);

  if (getifaddrs (&interfaces) != 0)
    return self;
  for (const struct ifaddrs *i = interfaces; i != NULL; i = i->ifa_next)
    add_interface (self, i);
  freeifaddrs (interfaces);

  return self;
}

MwLocalNetwork *
mw_local_network_ref (MwLocalNetwork *self)
{
  return g_rc_box_acquire (self);
}

void
mw_local_network_unref (MwLocalNetwork *self)
{
  g_rc_box_release_full (self, mw_local_network_clear);
}

void
mw_local_network_add_subnet (MwLocalNetwork *self,
                             GInetAddress   *address,
                             guint           length)
{
  Subnet subnet = { address, length };

  g_return_if_fail (self != NULL);
  g_return_if_fail (length <= g_inet_address_get_native_size (address) * 8);

  g_object_ref (address);
  g_array_append_val (self->subnets, subnet);
}

gboolean
mw_local_network_has_address (MwLocalNetwork *self,
                              GInetAddress   *address)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  if (g_inet_address_get_is_loopback (address))
    return TRUE;

  for (guint i = 0; i < self->subnets->len; i++)
    {
      if (subnet_has (&g_array_index (self->subnets, Subnet, i), address))
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_local_network_knows (MwLocalNetwork *self,
                        const char     *host)
{
  g_autoptr(GInetAddress) address = NULL;
  gboolean listed;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  address = parse_address (host);
  if (address != NULL)
    return mw_local_network_has_address (self, address);

  return mw_domain_is_inside (host, "localhost") ||
         hosts_file_knows (self, host, FALSE, &listed);
}

gboolean
mw_local_network_knows_inside (MwLocalNetwork *self,
                               const char     *domain)
{
  gboolean listed;

  g_return_val_if_fail (self != NULL, FALSE);

  return domain != NULL && (mw_local_network_knows (self, domain) ||
                            hosts_file_knows (self, domain, TRUE, &listed));
}

gboolean
mw_local_network_may_reach (MwLocalNetwork *self,
                            const char     *host)
{
  gboolean listed;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  if (mw_local_network_knows (self, host))
    return TRUE;

  /* The hosts file has the last word. */
  return !mw_domain_is_ip_literal (host) && !hosts_file_knows (self, host, FALSE, &listed) &&
         !listed && may_look_up (self, host);
}

gboolean
mw_local_network_may_reach_inside (MwLocalNetwork *self,
                                   const char     *domain)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mw_local_network_knows_inside (self, domain) || may_look_up (self, domain);
}
